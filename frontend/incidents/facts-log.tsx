import { Link } from 'wouter';
import type { FactView } from '../../shared/incidents/index.ts';
import { isId } from '../../shared/kernel/index.ts';
import { incidentAddress } from '../app/addresses.ts';
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

function Told({ sentence: { text, quote, lines = [], incident } }: { readonly sentence: Sentence }) {
  return (
    <div>
      <p>
        {text}{' '}
        {incident !== undefined && isId('incident', incident) && (
          <Link to={incidentAddress(incident)}>Open that incident</Link>
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
