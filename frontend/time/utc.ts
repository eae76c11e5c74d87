/** `2026-11-28 10:05` of a time as the API gives it, in UTC. */
export const utcMinute = (at: string): string => at.slice(0, 16).replace('T', ' ');
