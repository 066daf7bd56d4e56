import { gunzipSync } from 'node:zlib';

/** Every key, token and password that tests give to the program, or leave where it reads. In no output by chance. */
export const secrets = {
  adminKey: '5e1ec7ed0ad31174e7a5c0de0f0ff1ce',
  viewerKey: '0b5e12ed0fee1c0de0ff5e7a5c0de0f0',
  /** With signs that shells and configurations of curl take for their own. */
  oddKey: `odd-c0de0ad31174e7a5c0de"'\\$HOME\\\\"%s`,
  /** One that APISIX refuses. */
  wrongKey: 'bad0c0de0ad31174e7a5c0de0f0ff1ce',
  /** The admin's and the viewer's of every APISIX that nobody gave another. */
  publicAdminKey: 'edd1c9f034335f136f87ad84b625c8f1',
  publicViewerKey: '4054f7cf07e344346cd3f287985e76a2',
  /** Of the recorded APISIX; the token is that of its discovery. */
  recordedAdminKey: 'lab-admin-key-0001',
  recordedViewerKey: 'lab-viewer-key-0001',
  recordedToken: 'lab-k8s-token',
  /** Of the user of the cluster. */
  token: 'token-of-the-tests-c0ffee15',
  password: 'password-of-the-tests-c0ffee15',
  /** Of URLs, in which its `@` is escaped. */
  urlPassword: 'p@ssword-of-urls-c0ffee15',
} as const;

const texts = Object.entries(secrets).flatMap(([name, secret]) =>
  // base64 as in a Secret; without its end, which depends on what follows.
  [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret)
      .toString('base64')
      .replace(/.?.?=*$/, ''),
  ].map((text) => ({ name, text })),
);

/** Whether outputs are searched for it. */
export function isSecret(text: string): boolean {
  return Object.values<string>(secrets).includes(text);
}

/** What the program put out, as it came; throws when there is a secret in it. */
export function withoutSecrets(output: string): string {
  const found = texts.find(({ text }) => output.includes(text))?.name;
  const isPrivateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(output);
  if (found === undefined && !isPrivateKey) return output;
  throw new Error(`the output holds ${found ?? 'a private key'}`);
}

/** The text of a file that the program wrote. */
export function textOf(content: Buffer): string {
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  return (isGzip ? gunzipSync(content) : content).toString('utf8');
}
