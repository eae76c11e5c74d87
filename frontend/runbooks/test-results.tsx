import type { TrialResult } from './use-trial.ts';

/** How each case of the `test` block went, and what differed. */
export function TestResults({ result: { passed, cases } }: { readonly result: TrialResult }) {
  return (
    <section className="card" aria-labelledby="tests">
      <h2 id="tests" role="status">
        {passed ? `All ${cases.length} tests passed` : 'Some tests failed'}
      </h2>
      <ul className="plain">
        {cases.map((one) => (
          <li key={one.name}>
            <p className="step-head">
              <span className={`step-state is-${one.passed ? 'succeeded' : 'failed'}`}>
                {one.passed ? 'Passed' : 'Failed'}
              </span>
              <span>{one.name}</span>
            </p>
            {one.differences.map((line) => (
              <p key={line} className="alarm said">
                {line}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
