import { successText } from './success-text.ts';
import type { RunbookDetail } from './use-runbooks.ts';
import { percent } from './words.ts';

export interface RunbookSummaryProps {
  readonly runbook: Omit<RunbookDetail, 'revision' | 'savedBy'>;
}

/** What a runbook does, when it is proposed, and how it went so far. */
export function RunbookSummary({ runbook }: RunbookSummaryProps) {
  const { description, steps, triggers } = runbook;
  return (
    <section className="card" aria-labelledby="what">
      <h2 id="what">What it does</h2>
      {description !== '' && <p>{description}</p>}
      <Properties runbook={runbook} />
      <ol className="run-steps">
        {[...steps]
          .sort((a, b) => a.order - b.order)
          .map((step, at) => (
            <li key={step.id} className="run-step">
              <p className="step-head">
                <strong>
                  {at + 1}. {step.title}
                </strong>
                <span className="soft">{howText(step)}</span>
              </p>
              {step.description !== '' && <p className="said">{step.description}</p>}
              {step.command !== undefined && <pre className="sent">{step.command}</pre>}
            </li>
          ))}
      </ol>
      <p>
        {triggers.alertPatterns.length + triggers.conditions.length === 0
          ? 'It is proposed only where a rule names it.'
          : 'It is proposed where one of these patterns occurs and all of these conditions hold:'}
      </p>
      <ul className="plain">
        {[...triggers.alertPatterns, ...triggers.conditions].map((one) => (
          <li key={one}>
            <code>{one}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function howText({ command, automatable }: RunbookDetail['steps'][number]): string {
  if (command === undefined) return 'By hand';
  if (/^\s*(approval|wait):/.test(command))
    return command.trim().startsWith('wait') ? 'Waits' : 'Asks somebody';
  return automatable ? 'By itself' : 'By itself, once somebody else approved';
}

function Properties({ runbook: { metadata, measured, category, tags, version } }: RunbookSummaryProps) {
  const { estimatedTime, skillLevel, successRate } = metadata;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Category', category === '' ? undefined : category],
    ['Tags', tags.length === 0 ? undefined : tags.join(', ')],
    ['Version', version],
    ['Takes', estimatedTime === undefined ? undefined : `${estimatedTime} min`],
    ['Needs', skillLevel],
    ['Succeeds', successRate === undefined ? undefined : `${percent(successRate)}, says its author`],
    ['Measured', measured && successText(measured)],
  ];
  return (
    <dl className="properties">
      {rows.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name} className="property">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
