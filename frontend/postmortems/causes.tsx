import type { Postmortem } from './use-postmortem.ts';

export interface CausesProps extends Readonly<Postmortem['rootCause']> {
  readonly sources: Postmortem['sources'];
}

type Sentence = Postmortem['rootCause']['hypotheses'][number]['supports'][number];

/** What may be why, the likeliest first, with what speaks for it and against it. */
export function Causes({ verdict, why, hypotheses, sources }: CausesProps) {
  const numbers = new Map(sources.map(({ id }, i) => [id, i + 1]));
  return (
    <section aria-label="Possible causes" className="causes">
      <h2>Possible causes</h2>
      <p>
        <strong>{verdict}</strong>. {why}
      </p>
      <ol>
        {hypotheses.map(({ id, title, score, supports, contradicts }) => (
          <li key={id}>
            <h3>{title}</h3>
            <p className="score">
              <meter min={0} max={1} value={score} aria-label={`How much speaks for: ${title}`} />
              <span className="soft">{Math.round(score * 100)} of 100</span>
            </p>
            <ul>
              {supports.map((one) => (
                <Said key={one.text} sentence={one} numbers={numbers} />
              ))}
              {contradicts.map((one) => (
                <Said key={one.text} sentence={one} numbers={numbers} against />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface SaidProps {
  readonly sentence: Sentence;
  readonly numbers: ReadonlyMap<string, number>;
  readonly against?: boolean;
}

function Said({ sentence: { text, cites }, numbers, against = false }: SaidProps) {
  const known = cites.flatMap((cite) => numbers.get(cite) ?? []);
  return (
    <li>
      {against ? 'Against it: ' : ''}
      {text}{' '}
      {known.map((number) => (
        <a key={number} href={`#source-${number}`} aria-label={`Source ${number}`}>
          {number}{' '}
        </a>
      ))}
    </li>
  );
}
