import type { Explanation } from './explanation.ts';
import { type Severity, severities } from './severity.ts';

const ids = /\bint_[0-9A-Z]+\b/g;

/** The ids of integrations that an explanation names, each once, at most so many. */
export function integrationsIn({ summary, steps }: Explanation, most: number): readonly string[] {
  const texts = [summary, ...steps.flatMap(({ text, lines = [] }) => [text, ...lines])];
  return [...new Set(texts.flatMap((text) => text.match(ids) ?? []))].slice(0, most);
}

/**
 * An explanation in which people's names stand before ids, a group of one alert is called so instead of by its digest, and severities
 * are as rules and matchers take them. What stands in `data` stays as it is.
 */
export function inPlainWords<Of extends Explanation>(
  explanation: Of,
  names: ReadonlyMap<string, string>,
): Of {
  const plain = (text: string): string =>
    text
      .replace(ids, (id) => (names.has(id) ? `'${names.get(id)}' (${id})` : id))
      .replace(quiets, '$1 “$3” ($2)')
      .replace(/(?<!label:)\balert=[0-9a-f]{16,64}…?/g, 'the alert itself')
      .replace(severity, (_, name: Severity) => `"${name.slice(0, 2)}"`);
  return {
    ...explanation,
    summary: plain(explanation.summary),
    steps: explanation.steps.map(({ text, lines, ...step }) => ({
      ...{ ...step, text: plain(text) },
      ...(lines && { lines: lines.map(plain) }),
    })),
  };
}

/** A silence or maintenance window: what people call it is its comment. */
const quiets = /\b(Silence|Maintenance window) ((?:sil|mwn)_[0-9A-Z]+) \(((?:[^()]|\([^()]*\))+)\)/g;

const severity = new RegExp(`"(${severities.join('|')})"`, 'g');
