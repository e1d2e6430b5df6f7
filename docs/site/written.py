"""The pages that follow from the code, by their place; none of them is committed."""

from docs.site.reference import charters, commandline, interface, messages, metrics, sentences

REFERENCE = """# 参考

这一部分在生成网站时由代码写成,和程序总是一致。

```{toctree}
:titlesonly:
:maxdepth: 1

cli
messages/index
api
charters
settings
metrics
refusals
help
```
"""


def written() -> dict[str, str]:
    """The text of each."""
    return {
        "adr/index.md": "# 决策记录\n",
        "reference/index.md": REFERENCE,
        "reference/cli.md": commandline.page(),
        "reference/api.md": interface.page(),
        "reference/charters.md": charters.page(),
        "reference/metrics.md": metrics.page(),
        "reference/refusals.md": sentences.refusals(),
        "reference/help.md": sentences.helps(),
        **messages.pages(),
    }
