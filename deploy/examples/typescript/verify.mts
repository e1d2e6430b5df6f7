// Whether a webhook was signed with our secret, a moment ago; the body comes on standard input.
//
//   node verify.mts ID TIMESTAMP SIGNATURE < body

import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const [id, timestamp, signature] = process.argv.slice(2) as [string, string, string];
const told = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
try {
  new Webhook(process.env.TONGXIN_SECRET as string).verify(readFileSync(0, "utf-8"), told);
} catch {
  process.exitCode = 1;
}
