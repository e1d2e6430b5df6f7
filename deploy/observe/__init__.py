"""What watches over the platform from outside: rules for Prometheus, dashboards for Grafana."""
