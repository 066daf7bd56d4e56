import type { IncomingHttpHeaders } from 'node:http';

import { adminJson, type Answer, type Flavour } from './answer.ts';

export type Keys = {
  readonly adminKey: string;
  /** May GET everything, nothing else. */
  readonly viewerKey?: string;
  /** `admin_key_required: false`: any key, or none, is an admin's. */
  readonly allowAnonymous?: boolean;
};

/** The query's `api_key`, else the header, else the cookie, as APISIX looks for it. */
function keyOf(headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined {
  const header = headers['x-api-key'];
  const cookie = /(?:^|; *)x_api_key=([^;]*)/.exec(headers.cookie ?? '')?.[1];
  return query.get('api_key') ?? (typeof header === 'string' ? header : cookie);
}

function descriptionOf(keys: Keys, key: string | undefined, method: string): string | undefined {
  if (keys.allowAnonymous === true || key === keys.adminKey) return undefined;
  if (key === undefined) return 'missing apikey';
  if (key !== keys.viewerKey) return 'wrong apikey';
  return method === 'GET' ? undefined : 'invalid method for role viewer';
}

/** The 401 a request earns, or `undefined` when it may pass. */
export function refuseKey(
  flavour: Flavour,
  keys: Keys,
  request: {
    readonly method: string;
    readonly headers: IncomingHttpHeaders;
    readonly query: URLSearchParams;
  },
): Answer | undefined {
  const description = descriptionOf(keys, keyOf(request.headers, request.query), request.method);
  return description === undefined ? undefined : unauthorized(flavour, description);
}

/** 2.15 does not say why. */
export function unauthorized(flavour: Flavour, description: string): Answer {
  const error = { error_msg: 'failed to check token' };
  return adminJson(flavour, 401, flavour === 'v3' ? { ...error, description } : error);
}
