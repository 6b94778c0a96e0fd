import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const SECRET = "whsec_YOUR_SECRET";

function isGenuine(headers, body) {
  if (Math.abs(Date.now() / 1000 - headers["webhook-timestamp"]) > 300) return false;
  const key = Buffer.from(SECRET.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = Buffer.from(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  const given = Buffer.from(headers["webhook-signature"] ?? "");
  return expected.length === given.length && timingSafeEqual(expected, given);
}

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const genuine = isGenuine(request.headers, body);
  response.writeHead(genuine ? 204 : 400).end();
  if (!genuine) return;
  const { type, data } = JSON.parse(body);
  console.log(type, data.url ?? "");
}).listen(8000);
