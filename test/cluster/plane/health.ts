import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

/** Whether a GET is answered with 200; `ca`, the path of a certificate, is for https. */
export async function isHealthy(url: string, ca?: string): Promise<boolean> {
  const request = ca === undefined ? http.get(url) : https.get(url, { ca: readFileSync(ca) });
  // Types do not know what the event brings.
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  return response.statusCode === 200;
}
