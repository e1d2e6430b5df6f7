// Hand a matter over on NATS, and print the receipt.
//
//   node hand_over.mts AGENCY_ID NUMBER AREA TITLE [PLACE]

import { connect } from "@nats-io/transport-node";

interface Receipt {
  handover_id: string;
  number: string;
  receipt: string;
  same_as: string | null;
}

const [agency, number, area, title, place = ""] = process.argv.slice(2);
const user = process.env.TONGXIN_USER as string;
const caFile = process.env.TONGXIN_CA;

const client = await connect({
  servers: process.env.TONGXIN_NATS as string,
  user,
  pass: process.env.TONGXIN_KEY as string,
  inboxPrefix: `_INBOX_${user}`,
  ...(caFile ? { tls: { caFile, handshakeFirst: true } } : {}), // Nothing is said before TLS.
});
const matter = JSON.stringify({ number, area, title, place });
const answer = await client.request(`hand.${agency}`, matter, { timeout: 30_000 });
const receipt = answer.json<Receipt | { code: string }>();
console.log(JSON.stringify(receipt));
await client.close();
process.exitCode = "code" in receipt ? 1 : 0;
