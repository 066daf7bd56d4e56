/** RFC 3339 as the API server writes it: in UTC, without a fraction where there is none. */
export function timeText(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
