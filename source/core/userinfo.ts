/** Who asks, as a URL may say before its `@`; empty where it does not. */
export type Userinfo = { readonly username: string; readonly password: string };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function userinfoOf({ username, password }: URL): Userinfo {
  return { username: decoded(username), password: decoded(password) };
}

/** An address as it may be told. One that is no URL may hold a password in any place before its last `@`. */
export function withoutUserinfo(address: string): string {
  const isUrl = URL.parse(address)?.host;
  return isUrl ? address.replace(/^([^/?#]*\/\/)[^/?#]*@/, '$1') : address.replace(/^.*@/s, '');
}
