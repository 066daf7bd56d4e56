import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';

/** Whether a GET is answered with 200; `ca`, a certificate in PEM, is for https. */
export async function isHealthy(url: string, ca?: string): Promise<boolean> {
  const request = url.startsWith('https:') ? https.get(url, { ca }) : http.get(url);
  // Types do not know what the event brings.
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  return response.statusCode === 200;
}
