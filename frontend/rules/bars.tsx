import { countText } from '../incidents/words.ts';

/** One number under both rule sets. */
export interface Pair {
  readonly name: string;
  readonly note?: string | undefined;
  readonly active: number;
  readonly draft: number;
}

/** Which rules are compared with those in force. */
export type Beside = 'Draft' | 'Shadow';

export interface BarsProps {
  readonly title: string;
  readonly pairs: readonly Pair[];
  /** What is beside the rules in force. */
  readonly beside: Beside;
}

/** Numbers under the rules in force and under the draft, drawn beside each other. */
export function Bars({ title, pairs, beside }: BarsProps) {
  const most = Math.max(1, ...pairs.flatMap(({ active, draft }) => [active, draft]));
  return (
    <div className="bars">
      <h3>{title}</h3>
      <dl>
        {pairs.map((pair) => (
          <div key={pair.name} className="pair">
            <dt>
              <bdi>{pair.name}</bdi> {pair.note !== undefined && <span className="soft">{pair.note}</span>}
            </dt>
            <dd>
              <Bar kind="active" word="In force" count={pair.active} most={most} />
              <Bar kind="draft" word={beside} count={pair.draft} most={most} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface BarProps {
  readonly kind: 'active' | 'draft';
  readonly word: string;
  readonly count: number;
  readonly most: number;
}

function Bar({ kind, word, count, most }: BarProps) {
  return (
    <div className={`bar-line ${kind}`}>
      <span className="bar-word">{word}</span>
      <span className="bar-track" aria-hidden="true">
        {count > 0 && <span className="bar" style={{ width: `${(100 * count) / most}%` }} />}
      </span>
      <span className="bar-count">{countText(count)}</span>
    </div>
  );
}
