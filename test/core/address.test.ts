import { describe, expect, test } from 'vitest';
import {
  canonicalHost,
  familyOf,
  formatAddress,
  parseAddress,
  sortByAddress,
} from '../../source/core/address.ts';

describe('the canonical spelling of a host', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['[::1]', '::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:0:10:0:0:1:1', '1::10:0:0:1:1'],
    ['10:0:0:1:0:0:0:0', '10:0:0:1::'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['fe80:0:0:0:0:0:0:0', 'fe80::'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ['Backend.Example.COM', 'backend.example.com'],
    ['1::2::3', '1::2::3'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalHost(text)).toBe(canonical);
  });
});

test.each([
  ['10.0.0.1', 'IPv4'],
  ['fd00::1', 'IPv6'],
  ['backend.example.com', undefined],
])('the family of %s is %s', (host, family) => {
  expect(familyOf(host)).toBe(family);
});

test.each([
  ['10.0.0.1:80', { host: '10.0.0.1', port: 80 }],
  ['[FD00::1]:80', { host: 'fd00::1', port: 80 }],
  ['[fd00::1]', { host: 'fd00::1' }],
  ['::1', { host: '::1' }],
  ['backend.test', { host: 'backend.test' }],
])('%s is read as host and port, and written back', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
  expect(parseAddress(formatAddress(address))).toEqual(address);
});

test('addresses sort by number: IPv4, IPv6, then names', () => {
  const sorted = [
    '10.0.0.2:80',
    '10.0.0.10:80',
    '10.0.0.10:443',
    '9.255.0.1:80',
    '[fd00::2]:80',
    '[fd00::10]:80',
    'a.test:1',
  ];
  const shuffled = [...sorted].sort();
  expect(sortByAddress(shuffled, parseAddress)).toEqual([
    '9.255.0.1:80',
    '10.0.0.2:80',
    '10.0.0.10:80',
    '10.0.0.10:443',
    '[fd00::2]:80',
    '[fd00::10]:80',
    'a.test:1',
  ]);
});
