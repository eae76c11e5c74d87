import { Checkbox } from '@mantine/core';
import { type Lane, laneNames, lanes, type TimelineEvent } from '../../shared/timeline/event.ts';
import { SearchField } from '../ui/search-field.tsx';

/** Which events are wanted. */
export interface Filter {
  readonly hidden: ReadonlySet<Lane>;
  readonly onlyKey: boolean;
  readonly text: string;
}

/** All of them. */
export const everything: Filter = { hidden: new Set(), onlyKey: false, text: '' };

/** Whether an event is wanted: in a row that is shown, of those that matter if only they are, with the words. */
export function isWanted({ lane, key, text, quote, lines }: TimelineEvent, filter: Filter): boolean {
  if (filter.hidden.has(lane) || (filter.onlyKey && !key)) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [text, quote, ...(lines ?? [])].join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

export interface FiltersProps {
  readonly filter: Filter;
  /** The events there are, by which rows are offered. */
  readonly events: readonly TimelineEvent[];
  onFilter(filter: Filter): void;
}

/** Which rows and events are shown. */
export function Filters({ filter, events, onFilter }: FiltersProps) {
  const there = lanes.filter((lane) => events.some((event) => event.lane === lane));
  const toggle = (lane: Lane) => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(lane)) hidden.add(lane);
    onFilter({ ...filter, hidden });
  };
  return (
    <search className="timeline-filters">
      <SearchField
        label="Words in the events"
        text={filter.text}
        onText={(words) => onFilter({ ...filter, text: words })}
      />
      {there.map((lane) => (
        <Checkbox
          key={lane}
          label={laneNames[lane]}
          checked={!filter.hidden.has(lane)}
          onChange={() => toggle(lane)}
        />
      ))}
      <Checkbox
        label="Only what matters"
        checked={filter.onlyKey}
        onChange={() => onFilter({ ...filter, onlyKey: !filter.onlyKey })}
      />
    </search>
  );
}
