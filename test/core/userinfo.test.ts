import { expect, test } from 'vitest';
import { userinfoOf, withoutUserinfo } from '../../source/core/userinfo.ts';
import { secrets } from '../helpers/secrets.ts';

const { urlPassword } = secrets;
const escaped = encodeURIComponent(urlPassword);

test.each([
  [`https://me:${escaped}@host:6443/k8s`, 'https://host:6443/k8s'],
  [`ftp://me:${urlPassword}@host`, 'ftp://host'],
  [`me:${urlPassword}@host:9180`, 'host:9180'],
  [`http//me:${urlPassword}@host`, 'host'],
  [`http://me:pass/word@host:9180`, 'host:9180'],
  ['http://host:9180/path@2', 'http://host:9180/path@2'],
  ['http://host:9180/a//b@2', 'http://host:9180/a//b@2'],
  ['http://[fd00::1]:9180', 'http://[fd00::1]:9180'],
  ['nonsense', 'nonsense'],
])('%s is told as %s', (address, told) => {
  expect(withoutUserinfo(address)).toBe(told);
});

test('name and password are decoded, and as they are where they are no code', () => {
  expect(userinfoOf(new URL(`http://me:${escaped}@host`))).toEqual({ username: 'me', password: urlPassword });
  expect(userinfoOf(new URL('http://me:100%@host'))).toEqual({ username: 'me', password: '100%' });
  expect(userinfoOf(new URL('http://host'))).toEqual({ username: '', password: '' });
});
