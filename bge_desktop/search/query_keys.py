"""The names of the query language's filters, and how one writes each of them."""

from __future__ import annotations

# In lower case and simplified characters; words of Taiwan and Hong Kong behind those of the mainland.
KEYS = {
    **dict.fromkeys(("type", "kind", "filetype", "类型", "文件类型", "种类", "档案类型"), "type"),
    **dict.fromkeys(("ext", "ending", "extension", "扩展名", "后缀", "副档名", "附档名"), "ext"),
    **dict.fromkeys(("folder", "in", "dir", "文件夹", "目录", "资料夹", "档案夹"), "folder"),
    **dict.fromkeys(("name", "filename", "名称", "文件名", "档名", "档案名称", "档案名"), "name"),
    **dict.fromkeys(("after", "since", "晚于"), "after"),
    **dict.fromkeys(("before", "早于"), "before"),
    **dict.fromkeys(("date", "日期", "修改日期"), "date"),
    **dict.fromkeys(("lang", "language", "语言", "语系"), "lang"),
    **dict.fromkeys(("size", "大小", "文件大小", "档案大小"), "size"),
    **dict.fromkeys(("label", "tag", "标签"), "label"),
    **dict.fromkeys(("topic", "主题", "话题"), "topic"),
    **dict.fromkeys(("like", "similar", "相似", "类似"), "like"),
}
EXAMPLES = {
    "type": "type:pdf",
    "ext": "ext:txt",
    "folder": "folder:work",
    "name": "name:lease",
    "after": "after:2024-05",
    "before": "before:2024-05",
    "date": "date:2024-05",
    "lang": "lang:zh or lang:en",
    "size": "size:>1MB",
    "label": "label:tax",
    "topic": "topic:lease",
    "like": "like:lease.pdf",
}
