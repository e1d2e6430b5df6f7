// Follow public facts: fetch, write down, acknowledge. Started again, it goes on where it was.
//
//   node follow.mts FILE      one JSON line a fact; ends when nothing has come for ten seconds
//   MOST=5                    stop after so many, as if somebody had pulled the plug

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { connect } from "@nats-io/transport-node";
import { jetstream, type JsMsg } from "@nats-io/jetstream";

const [file] = process.argv.slice(2) as [string];
const user = process.env.TONGXIN_USER as string;
const caFile = process.env.TONGXIN_CA;
const most = Number(process.env.MOST ?? "Infinity");
const idle = Number(process.env.IDLE_S ?? "10") * 1000;

const client = await connect({
  servers: process.env.TONGXIN_NATS as string,
  user,
  pass: process.env.TONGXIN_KEY as string,
  inboxPrefix: `_INBOX_${user}`,
  ...(caFile ? { tls: { caFile, handshakeFirst: true } } : {}), // Nothing is said before TLS.
});
const lines = existsSync(file) ? readFileSync(file, "utf-8").trim().split("\n") : [];
const known = new Set(lines.filter(Boolean).map((line) => JSON.parse(line).id as string));

function keep(message: JsMsg): void {
  const told = (name: string): string => message.headers?.get(name) ?? "";
  const id = told("ce-id");
  if (known.has(id)) return; // It came before, and our acknowledgement was lost.
  const fact = {
    id,
    sequence: told("ce-sequence"),
    type: told("ce-type"),
    area: told("ce-area"),
    data: message.json(),
  };
  appendFileSync(file, `${JSON.stringify(fact)}\n`);
  known.add(id);
}

const consumer = await jetstream(client).consumers.get("PUBLIC", user);
let taken = 0;
while (taken < most) {
  const message = await consumer.next({ expires: idle });
  if (message === null) break;
  keep(message);
  message.ack();
  taken += 1;
}
await client.drain();
