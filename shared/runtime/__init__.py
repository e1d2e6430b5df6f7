"""The parts that do IO: PostgreSQL, NATS, HTTP, files, time. They know no domain word."""
