import type { FactView } from '../../shared/incidents/index.ts';
import { isId } from '../../shared/kernel/index.ts';
import { Link } from '../app/link.tsx';
import { addressOf } from '../app/place.ts';
import { Moment } from '../time/moment.tsx';
import { type NameOf, type Sentence, sentenceOf } from './sentence.ts';

export interface FactsLogProps {
  readonly facts: readonly FactView[];
  readonly nameOf: NameOf;
  readonly now: number;
}

/** What happened, the newest first. */
export function FactsLog({ facts, nameOf, now }: FactsLogProps) {
  const told = facts.flatMap((fact) => {
    const sentence = sentenceOf(fact, nameOf);
    return sentence === undefined ? [] : [{ fact, sentence }];
  });
  return (
    <ol className="log">
      {told.toReversed().map(({ fact, sentence }) => (
        <li key={fact.id}>
          <Moment at={fact.occurredAt} now={now} />
          <Told sentence={sentence} />
        </li>
      ))}
    </ol>
  );
}

function Told({ sentence: { text, quote, lines = [], link, incident } }: { readonly sentence: Sentence }) {
  return (
    <div>
      <p>
        {text}{' '}
        {incident !== undefined && isId('incident', incident) && (
          <Link to={addressOf({ page: 'incident', id: incident })}>Open that incident</Link>
        )}
        {link?.startsWith('https://') && (
          <a href={link} target="_blank" rel="noopener noreferrer">
            Join
          </a>
        )}
      </p>
      {quote !== undefined && <blockquote>{quote}</blockquote>}
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
