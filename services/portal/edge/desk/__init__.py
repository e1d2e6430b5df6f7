"""The workbench of staff: what awaits me, screening, a unit's inbox, calendar, plan, ledger."""
