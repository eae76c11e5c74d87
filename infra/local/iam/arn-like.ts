import { wildcard } from '../wildcard.ts';

/** Partition, service, region and the like: an ARN has six parts, and colons in the last are its own. */
const partsMost = 6;

/** The six parts of an ARN or of a pattern of ARNs; undefined for any other text. */
export function arnParts(text: string): readonly string[] | undefined {
  const [first, ...rest] = text.split(':');
  const parts = [first ?? '', ...rest.slice(0, partsMost - 2), rest.slice(partsMost - 2).join(':')];
  return first === 'arn' && rest.length >= partsMost - 1 ? parts : undefined;
}

/** Whether an ARN fits a pattern as `ArnLike` compares them: part by part, so that no wildcard goes beyond its colon. */
export function arnLike(pattern: string, arn: string): boolean {
  const [patterns, parts] = [arnParts(pattern), arnParts(arn)];
  if (patterns === undefined || parts === undefined) return false;
  return patterns.every((one, at) => wildcard(one, parts[at] ?? ''));
}
