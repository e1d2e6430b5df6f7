"""What Sphinx has to know; `python -m docs.site` builds with it."""

from docs.site import pictures, searching

project = "同心 Tongxin"
language = "zh_CN"
extensions = ["myst_parser", "docs.site.languages"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
suppress_warnings: list[str] = []
show_warning_types = True
html_theme = "furo"
html_title = "同心文档"
html_search_language = "zh"
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None
html_static_path: list[str] = []
html_theme_options = {"top_of_page_buttons": []}
setup = pictures.setup
searching.use()
