import { type Difference, listSentences } from './difference-words.ts';

export interface DifferenceViewProps {
  readonly difference: Difference;
  /** What is said when nothing differs. */
  readonly same: string;
}

/** What differs between two configurations: entries, then fields with what they said and say. */
export function DifferenceView({ difference, same }: DifferenceViewProps) {
  const sentences = listSentences(difference);
  const { changes, moreChanges } = difference;
  if (sentences.length === 0 && changes.length === 0) return <p className="soft">{same}</p>;
  return (
    <div className="difference">
      {sentences.length > 0 && (
        <ul className="plain">
          {sentences.map((sentence) => (
            <li key={sentence}>
              <bdi>{sentence}</bdi>
            </li>
          ))}
        </ul>
      )}
      {changes.length > 0 && (
        <dl>
          {changes.map(({ path, before, after }) => (
            <div key={path}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                <Side word="was" text={before} />
                <Side word="is" text={after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {moreChanges > 0 && <p className="soft">And {moreChanges} fields more.</p>}
    </div>
  );
}

function Side({ word, text }: { readonly word: 'was' | 'is'; readonly text: string | undefined }) {
  const sign = word === 'was' ? '−' : '+';
  return (
    <div className={`side-${word}`}>
      <span className="sign-column" aria-hidden="true">
        {sign}
      </span>
      <span className="unseen">{word === 'was' ? 'Before: ' : 'After: '}</span>
      {text === undefined ? <span className="soft">nothing</span> : <code>{text}</code>}
    </div>
  );
}
