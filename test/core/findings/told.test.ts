import { describe, expect, test } from 'vitest';
import { parse } from '../../../source/commands/line/parse.ts';
import { findings } from '../../../source/core/findings/index.ts';
import { fixtureFindings } from '../../helpers/finding-fixture.ts';

const found = await fixtureFindings();
const severities = ['Error', 'Warning', 'Info'];

describe.each(findings)('$code', ({ code, layer, severities: declared, summary, page, references }) => {
  const own = found.filter((finding) => finding.code === code);

  test('gives the severities that it declares, the worst first', () => {
    const given = new Set(own.map(({ severity }) => severity));
    expect(declared).toEqual(severities.filter((severity) => given.has(severity as (typeof declared)[0])));
  });

  test('stands in the layer that it declares', () => {
    expect(own.map((finding) => finding.layer)).toContain(layer);
  });

  test('says what it found without holes', () => {
    for (const { message } of own) expect(message).not.toMatch(/undefined|NaN|\bnull\b|  /);
  });

  test('says it of one and of many alike', () => {
    const ofOne = /\b1 (?:address|node|pod)(?: of \w+ pods)? (?:are|belong|get|have)\b|\b1 of \d+ \w+ are\b/;
    for (const { message } of own) {
      expect(message).not.toMatch(ofOne);
      expect(message).not.toMatch(/\b1 (?:address|node|pod) that (?:are|get|have)\b|\b1 ready ones\b/);
    }
  });

  test('has a summary of one line and a page without holes', () => {
    expect(summary).toMatch(/^\S.*[^.\s]$/);
    for (const text of [page.meaning, page.cause, page.action]) expect(text).toMatch(/^[^\n]+\.\)?$/);
    expect(page.objects.length).toBeGreaterThan(0);
    for (const command of page.commands) expect(command).toMatch(/^kubectl \w+ \S/);
    for (const thread of references) expect(thread).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
  });

  test('gives a command to type as its hint', async () => {
    expect(own.length).toBeGreaterThan(0);
    for (const { hint } of own) {
      const [command = '', ...remarks] = hint.split('  # ');
      expect(command).toMatch(/^kubectl (get|describe|delete|annotate|eps) \S/);
      expect(command).not.toMatch(/undefined|\s\s|\s$|[A-Z]{4,}/);
      expect(remarks.length).toBeLessThan(2);
      if (command.startsWith('kubectl eps ')) await parse(command.split(' ').slice(2));
    }
  });
});
