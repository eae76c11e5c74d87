import { titleTemplate } from '../title-template.ts';

/** The words of a template, and each two that stand beside each other: so that order counts a little. */
function shingles(title: string): ReadonlySet<string> {
  const words = titleTemplate(title).toLowerCase().match(WORD) ?? [];
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
  return new Set([...words, ...pairs]);
}

/** Letters, digits, and the mark that stands for what differs from alert to alert. */
const WORD = /<[^<>]+>|[\p{L}\p{N}]+/gu;

/**
 * How alike two titles are, from 0 to 1: the share of the words and pairs of words that both have, when what differs from alert
 * to alert (numbers, ids, hosts) is left out. 1 for two titles of one template.
 */
export function similarity(a: string, b: string): number {
  const [ofA, ofB] = [shingles(a), shingles(b)];
  if (ofA.size === 0 || ofB.size === 0) return 0;
  const both = [...ofA].filter((shingle) => ofB.has(shingle)).length;
  return both / (ofA.size + ofB.size - both);
}
