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
    ['1:0:0:0:1:0:0:1', '1::1:0:0:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['fe80:0:0:0:0:0:0:0', 'fe80::'],
    ['::ffff:192.168.100.254', '::ffff:c0a8:64fe'],
    ['Backend.Example.COM', 'backend.example.com'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalHost(text)).toBe(canonical);
  });

  test.each([
    ['of two gaps', 'A::2::3'],
    ['of two gaps beside eight groups', '1:2:3:4::5:6:7:8::9'],
    ['of too few groups', '01:2:3'],
    ['of a group that is no number', '1:2:3:4:5:6:7:00x'],
    ['of a group too long', '1:2:3:4:5:6:7:00008'],
    ['of a bracket that is not closed', '[::1'],
    ['of something behind the IPv4 part', '::ffff:10.0.0.1x'],
  ])('is the text in lower case where it is no address because %s', (_, text) => {
    expect(canonicalHost(text)).toBe(text.toLowerCase());
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

test.each(['10.0.0.1:80x', '[fd00::1]x', 'x[fd00::1]:80'])('%s is a host without a port', (text) => {
  expect(parseAddress(text)).toEqual({ host: text });
});

test('addresses sort by number: IPv4, IPv6, then names, in whatever order they come', () => {
  const sorted = [
    '9.255.0.1:80',
    '10.0.0.2:80',
    '10.0.0.2:443',
    '10.0.0.10:80',
    '10.0.0.10:443',
    '[fd00::2]:80',
    '[fd00::10]:80',
    'a.test:1',
  ];
  for (const given of [[...sorted].sort(), sorted.toReversed()]) {
    expect(sortByAddress(given, parseAddress)).toEqual(sorted);
  }
});
