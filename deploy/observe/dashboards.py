"""Grafana's dashboards, written from short tables: `python -m deploy.observe`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("grafana")
WIDE, HIGH, COLUMNS = 8, 8, 24
SCHEMA = 39
SOURCE = {"type": "prometheus", "uid": "${source}"}


@dataclass(frozen=True)
class Panel:
    """One picture: what it shows in which unit, and a line for each expression by its legend."""

    title: str
    lines: Mapping[str, str]
    unit: str = "short"


def share(q: float, metric: str, by: str, where: str = "") -> str:
    """The time within which such a part of all was done."""
    return f"histogram_quantile({q}, sum by ({by}, le) (rate({metric}_bucket{where}[5m])))"


PEOPLE = (
    Panel("每秒页面", {"{{status}}": "sum by (status) (rate(tongxin_http_seconds_count[5m]))"}),
    Panel("页面 95% 用时", {"{{page}}": share(0.95, "tongxin_http_seconds", "page")}, "s"),
    Panel(
        "命令的结果",
        {"{{outcome}}": "sum by (outcome) (rate(tongxin_commands_total[5m]))"},
    ),
    Panel("命令 99% 用时", {"{{service}}": share(0.99, "tongxin_command_seconds", "service")}, "s"),
    Panel(
        "提问 99% 用时", {"{{service}}": share(0.99, "tongxin_question_seconds", "service")}, "s"
    ),
    Panel(
        "演练事项",
        {"{{outcome}}": "sum by (outcome) (increase(tongxin_synthetic_steps_total[5m]))"},
    ),
    Panel("演练各段 95% 用时", {"{{leg}}": share(0.95, "tongxin_synthetic_seconds", "leg")}, "s"),
    Panel(
        "办理期限",
        {"在办": "max(tongxin_deadlines_running)", "逾期": "max(tongxin_deadlines_late)"},
    ),
    Panel(
        "待发通知",
        {"{{channel}}": "max by (channel) (tongxin_deliveries_waiting)"},
    ),
    Panel(
        "通知等待最久",
        {"{{channel}}": "max by (channel) (tongxin_deliveries_oldest_seconds)"},
        "s",
    ),
)

FACTS = (
    Panel("副本", {"{{service}}": 'sum by (service) (up{job="tongxin"})'}),
    Panel("主副本", {"{{service}}": "sum by (service) (tongxin_leads)"}),
    Panel("缺少依赖", {"{{service}} {{part}}": "min by (service, part) (tongxin_ready)"}),
    Panel("每秒事实", {"{{service}}": "max by (service) (rate(tongxin_log_position[5m]))"}),
    Panel("一次提交的事实", {"{{service}}": share(0.5, "tongxin_append_events", "service")}),
    Panel("提交 99% 用时", {"{{service}}": share(0.99, "tongxin_commit_seconds", "service")}, "s"),
    Panel("冲突", {"{{service}}": "sum by (service) (rate(tongxin_conflicts_total[5m]))"}),
    Panel(
        "在办的请求和等待写入的命令",
        {
            "{{service}} 在办": "sum by (service) (tongxin_in_flight)",
            "{{service}} 等待": "sum by (service) (tongxin_appends_waiting)",
        },
    ),
    Panel("没有说出去的事实", {"{{service}}": "max by (service) (tongxin_relay_lag)"}),
    Panel("视图落后", {"{{view}} ← {{source}}": "max by (view, source) (tongxin_view_lag)"}),
    Panel("视图一批的事实 95%", {"{{view}}": share(0.95, "tongxin_view_batch_facts", "view")}),
    Panel(
        "视图一批的用时 95%", {"{{view}}": share(0.95, "tongxin_view_batch_seconds", "view")}, "s"
    ),
    Panel(
        "反应落后", {"{{service}} ← {{source}}": "max by (service, source) (tongxin_policy_lag)"}
    ),
    Panel("反应", {"{{outcome}}": "sum by (outcome) (rate(tongxin_reactions_total[5m]))"}),
    Panel("死信", {"{{service}} {{view}}": "max by (service, view) (tongxin_dead_letters)"}),
    Panel(
        "最早的事务",
        {"{{service}}": "max by (service) (tongxin_oldest_transaction_seconds)"},
        "s",
    ),
    Panel(
        "数据库连接",
        {
            "在用": "max(tongxin_postgres_connections)",
            "上限": "max(tongxin_postgres_connections_most)",
        },
    ),
    Panel("内存", {"{{instance}}": 'process_resident_memory_bytes{job="tongxin"}'}, "bytes"),
    Panel("处理器", {"{{instance}}": 'rate(process_cpu_seconds_total{job="tongxin"}[5m])'}),
)

AGENCIES = (
    Panel("没有说出去的公开事实", {"条": "max(tongxin_public_lag)"}),
    Panel(
        "各订阅未取", {"{{subscription}}": "max by (subscription) (tongxin_subscription_untaken)"}
    ),
    Panel(
        "各订阅最早未取",
        {"{{subscription}}": "max by (subscription) (tongxin_subscription_oldest_seconds)"},
        "s",
    ),
    Panel(
        "webhook", {"{{outcome}}": "sum by (outcome) (rate(tongxin_webhook_attempts_total[5m]))"}
    ),
    Panel("webhook 95% 用时", {"95%": share(0.95, "tongxin_webhook_seconds", "service")}, "s"),
    Panel(
        "webhook 待发",
        {"待发": "max(tongxin_webhook_waiting)", "不通的目标": "max(tongxin_webhooks_down)"},
    ),
    Panel("webhook 等待最久", {"秒": "max(tongxin_webhook_oldest_seconds)"}, "s"),
)

BOARDS = {
    "people": ("同心 · 受理与页面", PEOPLE),
    "facts": ("同心 · 事实与副本", FACTS),
    "agencies": ("同心 · 机构", AGENCIES),
}


def board(name: str) -> dict[str, Any]:
    """One dashboard, as Grafana reads it."""
    title, panels = BOARDS[name]
    return {
        "uid": f"tongxin-{name}",
        "title": title,
        "tags": ["tongxin"],
        "schemaVersion": SCHEMA,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {
            "list": [
                {"name": "source", "type": "datasource", "query": "prometheus", "label": "数据源"}
            ]
        },
        "panels": [_panel(n, panel) for n, panel in enumerate(panels)],
    }


def _panel(n: int, panel: Panel) -> dict[str, Any]:
    across = COLUMNS // WIDE
    return {
        "id": n + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": SOURCE,
        "gridPos": {"x": n % across * WIDE, "y": n // across * HIGH, "w": WIDE, "h": HIGH},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + m), "expr": expr, "legendFormat": legend, "datasource": SOURCE}
            for m, (legend, expr) in enumerate(panel.lines.items())
        ],
    }


def text(name: str) -> str:
    """The file of a dashboard."""
    return json.dumps(board(name), ensure_ascii=False, indent=1) + "\n"
