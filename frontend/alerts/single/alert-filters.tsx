import { Button } from '@mantine/core';
import { type Severity, severities } from '../../../shared/alerts/severity.ts';
import { severityText } from '../../../shared/incidents/words.ts';
import type { Api } from '../../api/use-api.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { type AskedAlerts, isFiltered, sinceChoices, stateChoices } from './asked-alerts.ts';
import { Choice } from './choice.tsx';
import { MoreFilters } from './more-filters.tsx';

export interface AlertFiltersProps {
  readonly api: Api;
  readonly asked: AskedAlerts;
  /** The services that are known, by name. */
  readonly known: readonly string[];
  /** What is being typed. */
  readonly text: string;
  onText(text: string): void;
  onChange(asked: AskedAlerts): void;
}

/** Which alerts are wanted: what the API can be asked for, by its words. */
export function AlertFilters({ api, asked, known, text, onText, onChange }: AlertFiltersProps) {
  const { since } = asked;
  const choose = (change: Partial<AskedAlerts>) => onChange({ ...asked, ...change });
  return (
    <search className="alert-filters">
      <div className="filters">
        <SearchField label="Words in title, service or labels" text={text} onText={onText} />
        <Choices asked={asked} known={known} onChoose={choose} />
        {(isFiltered(asked) || text !== '') && (
          <Button variant="subtle" onClick={() => onChange({ since })}>
            Clear the filters
          </Button>
        )}
      </div>
      <MoreFilters api={api} asked={asked} onChoose={choose} />
    </search>
  );
}

const severityChoices = Object.fromEntries(severities.map((one) => [one, severityText(one)])) as Readonly<
  Record<Severity, string>
>;

const incidentChoices = { true: 'In an incident', false: 'In no incident' } as const;

interface ChoicesProps extends Pick<AlertFiltersProps, 'asked' | 'known'> {
  onChoose(change: Partial<AskedAlerts>): void;
}

function Choices({ asked, known, onChoose }: ChoicesProps) {
  const { state, severity, service, incident } = asked;
  const names = [...new Set([...known, ...(service === undefined ? [] : [service])])].sort();
  return (
    <>
      <Choice
        {...{ label: 'State', all: 'Every state', value: state, choices: stateChoices }}
        onChoose={(one) => onChoose({ state: one })}
      />
      <Choice
        {...{ label: 'Severity', all: 'Every severity', value: severity, choices: severityChoices }}
        onChoose={(one) => onChoose({ severity: one })}
      />
      <Choice
        {...{ label: 'Service', all: 'Every service', value: service }}
        choices={Object.fromEntries(names.map((name) => [name, name]))}
        onChoose={(one) => onChoose({ service: one })}
      />
      <Choice
        {...{ label: 'Incident', all: 'In an incident?', value: incident, choices: incidentChoices }}
        onChoose={(one) => onChoose({ incident: one })}
      />
      <Since asked={asked} onChoose={onChoose} />
    </>
  );
}

/** How far back, in hours; while a time is asked for that begins somewhere else, that. */
function Since({ asked: { since, from }, onChoose }: Pick<ChoicesProps, 'asked' | 'onChoose'>) {
  const own = Object.hasOwn(sinceChoices, since) ? {} : { [since]: `The last ${since} hours` };
  const choices: Readonly<Record<string, string>> = { ...sinceChoices, ...own };
  return (
    <Choice
      {...{ label: 'How far back', all: from === undefined ? undefined : 'From a time on', choices }}
      value={from === undefined ? String(since) : undefined}
      onChoose={(one) => onChoose({ since: Number(one), from: undefined })}
    />
  );
}
