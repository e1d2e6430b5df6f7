"""The pages that follow from the code, by their place; none of them is committed."""


def written() -> dict[str, str]:
    """The text of each."""
    return {"adr/index.md": "# 决策记录\n", "reference/index.md": "# 参考\n\n由代码生成。\n"}
