import { type Severity, severities } from '../../shared/alerts/severity.ts';
import { needsHuman } from '../../shared/incidents/urgency.ts';
import { SeverityBadge } from './severity-badge.tsx';

export interface SeverityChoiceProps {
  readonly chosen: Severity;
  onChoose(severity: Severity): void;
}

/** One of the severities, with what it causes. */
export function SeverityChoice({ chosen, onChoose }: SeverityChoiceProps) {
  return (
    <fieldset className="severity-choice">
      <legend>Severity</legend>
      {severities.map((severity) => (
        <label key={severity}>
          <input
            type="radio"
            name="severity"
            checked={severity === chosen}
            onChange={() => onChoose(severity)}
          />
          <SeverityBadge severity={severity} whole />
        </label>
      ))}
      <p className="soft">
        {needsHuman(chosen)
          ? 'Somebody is paged at once, and the next level if nobody answers.'
          : 'It is recorded, and nobody is paged.'}
      </p>
    </fieldset>
  );
}
