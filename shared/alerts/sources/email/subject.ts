import { type Severity, severities, severityOf } from '../../severity.ts';
import { folded } from '../../text.ts';

/** Words that say how an alert stands; two mails about one alert differ in them. */
const stateWords = new Set(
  (
    'problem recovery recovered resolved resolve closed cleared ok okay up down critical warning warn error info unknown ' +
    'firing alert alarm triggered acknowledgement acknowledged flapping start stop re fw fwd aw wg is has been now again back'
  ).split(' '),
);

/**
 * What two mails about one alert have in common: the words of the subject in order, without those that say how it stands, without
 * numbers that measure something and without what stands in brackets.
 */
export function subjectKey(subject: string): string {
  const bare = folded(subject.slice(0, 900))
    .replaceAll(/\[[^\][]{0,100}\]|\([^()]{0,100}\)/g, ' ')
    .replaceAll(/\b\d+(?:[.,]\d+)?\s?(?:%|ms\b|s\b|sec\b|min\b|mb\b|gb\b)/g, ' ');
  const words = bare
    .split(/[^\p{L}\p{N}._/@:-]+/u)
    .filter((word) => word !== '' && !stateWords.has(trimmed(word)));
  return words
    .map(trimmed)
    .filter((word) => word !== '')
    .join(' ');
}

const trimmed = (word: string): string => word.replaceAll(/^[:._/@-]+|[:._/@-]+$/g, '');

/** The most urgent severity that a subject names as a word of its own. */
export function severityIn(subject: string): Severity | undefined {
  const named = subject
    .slice(0, 500)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) =>
      /^(?:[pP][1-5]|critical|fatal|emergency|disaster|high|major|error|warning|warn|minor|low|info)$/i.test(
        word,
      ),
    )
    .map(severityOf);
  return severities.find((severity) => named.includes(severity));
}
