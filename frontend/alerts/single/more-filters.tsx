import { Textarea } from '@mantine/core';
import { useCallback, useState } from 'react';
import { readMatcher } from '../../../shared/alerts/quiet/matcher.ts';
import type { Api } from '../../api/use-api.ts';
import { useTyped } from '../../ui/use-typed.ts';
import { linesOf } from '../silences/silence-draft.ts';
import { useIntegrations } from '../use-integrations.ts';
import { type AskedAlerts, asksMore } from './asked-alerts.ts';
import { Choice } from './choice.tsx';
import { TimeField } from './time-field.tsx';

export interface MoreFiltersProps {
  readonly api: Api;
  readonly asked: AskedAlerts;
  onChoose(change: Partial<AskedAlerts>): void;
}

/** What is asked for less often: closed, unless something of it is. */
export function MoreFilters(props: MoreFiltersProps) {
  const isAsked = asksMore(props.asked);
  const [isOpen, setOpen] = useState(isAsked);
  return (
    <details open={isOpen || isAsked} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>More filters</summary>
      {(isOpen || isAsked) && <Fields {...props} />}
    </details>
  );
}

const heldChoices = { true: 'Held back', false: 'Not held back' } as const;
const flappingChoices = { true: 'Flapping', false: 'Not flapping' } as const;

function Fields({ api, asked, onChoose }: MoreFiltersProps) {
  const { suppressed, flapping } = asked;
  return (
    <div className="filters">
      <Choice
        {...{ label: 'Held back', all: 'Held back?', value: suppressed, choices: heldChoices }}
        onChoose={(one) => onChoose({ suppressed: one })}
      />
      <Choice
        {...{ label: 'Flapping', all: 'Flapping?', value: flapping, choices: flappingChoices }}
        onChoose={(one) => onChoose({ flapping: one })}
      />
      <FromIntegration {...{ api, asked, onChoose }} />
      {(['from', 'to'] as const).map((name) => (
        <TimeField key={name} {...{ name, asked, onChoose }} />
      ))}
      <MatcherField {...{ asked, onChoose }} />
    </div>
  );
}

/** By the names of the integrations, once they are known. */
function FromIntegration({ api, asked: { integration }, onChoose }: MoreFiltersProps) {
  const all = useIntegrations(api).value ?? [];
  const names = Object.fromEntries(all.map(({ id, name }) => [id, name]));
  const choices = integration === undefined ? names : { [integration]: integration, ...names };
  return (
    <Choice
      {...{ label: 'Integration', all: 'Every integration', value: integration, choices }}
      onChoose={(one) => onChoose({ integration: one })}
    />
  );
}

/** A matcher on each line. What is no matcher yet is not asked for. */
function MatcherField({ asked: { match = [] }, onChoose }: Omit<MoreFiltersProps, 'api'>) {
  const tell = useCallback(
    (typed: string) => {
      const lines = linesOf(typed);
      if (wrongIn(lines) === undefined) onChoose({ match: lines.length === 0 ? undefined : lines });
    },
    [onChoose],
  );
  const [typed, onTyped] = useTyped(match.join('\n'), tell);
  const wrong = wrongIn(linesOf(typed));
  return (
    <Textarea
      label="Matchers, one on each line"
      placeholder={'team="payments"'}
      rows={2}
      resize="vertical"
      error={wrong !== undefined && `Not a matcher: ${wrong.trim()}`}
      value={typed}
      onChange={({ target }) => onTyped(target.value)}
    />
  );
}

const wrongIn = (lines: readonly string[]): string | undefined =>
  lines.find((line) => readMatcher(line) === undefined);
