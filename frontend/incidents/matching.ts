import type { Listed } from './listed.ts';

type Found = Pick<Listed['items'][number], 'name' | 'title' | 'service' | 'description'>;

/** Whether an incident has all of these words, in any order and case, in its name, title, service or description. */
export function matches({ name, title, service = '', description = '' }: Found, text: string): boolean {
  const said = `${name} ${title} ${service} ${description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
