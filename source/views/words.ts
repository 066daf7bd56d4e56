import type { Severity } from '../core/report.ts';

/** Says without colour what a colour says with it. */
export const signs: Readonly<Record<Severity, string>> = { Error: 'x', Warning: '!', Info: 'i' };
