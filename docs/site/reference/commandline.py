"""The command line, as `--help` has it."""

from collections.abc import Iterator
from typing import Any

import typer

from deploy.tongxin.cli import app
from docs.site.reference.grid import code, grid, plain


def page() -> str:
    """Every command with its arguments, options and what is said about it."""
    root: Any = typer.main.get_command(app)
    head = "# 命令行 tongxin\n\n`tongxin --help` 显示同样的内容;每个命令的说明与程序里的一致。\n"
    return "\n".join([head, *_epilog(root), *_commands(root, "tongxin")])


def _commands(group: Any, path: str) -> Iterator[str]:
    for name, command in group.commands.items():
        here = f"{path} {name}"
        if hasattr(command, "commands"):
            yield from _commands(command, here)
        else:
            yield f"## {here}\n"
            yield f"{plain(command.help or '')}\n"
            yield from grid(("参数", "说明", "缺省"), [_param(one) for one in command.params])
            yield from _epilog(command)


def _param(param: Any) -> list[str]:
    names = param.opts if param.param_type_name == "option" else [str(param.name).upper()]
    secondary = getattr(param, "secondary_opts", [])
    default = param.default if isinstance(param.default, str | int | float) else ""
    shown = code(default) if default is not False and default != "" else ""
    said = plain(getattr(param, "help", None) or "")
    return [" ".join(code(one) for one in [*names, *secondary]), said, shown]


def _epilog(command: Any) -> Iterator[str]:
    """Examples and exit codes, as they are printed."""
    if command.epilog:
        lines = [line.strip() for line in command.epilog.splitlines() if line.strip()]
        yield "\n".join(["```text", *lines, "```", ""])
