import {
  type AlertHead,
  decideSettle,
  type Guard,
  isActive,
  isClosedByHand,
  isOpenWindow,
  isUnknown,
  overlapping,
  windowOf,
} from '../../shared/detection/index.ts';
import { isOpen } from '../../shared/incidents/index.ts';
import type { DetectionOnEngine } from './detection-engine.ts';
import { keptOf, membersOf } from './detection-memory.ts';

type Found = Awaited<ReturnType<DetectionOnEngine['read']>>;

/** What must never be in the table when all is quiet, in words; whatever came, in whatever order, and whoever acted. */
export function faultsIn(found: Found): readonly string[] {
  return [
    ...faultsOfLogs(found),
    ...faultsOfPointers(found),
    ...[...found.guards.values()].flatMap((guard) => faultsOfWindows(found, guard)),
    ...[...found.heads.values()]
      .filter(isActive)
      .filter((head) => !isAnswered(found, head))
      .map(unanswered),
  ];
}

function faultsOfLogs({ incidents, facts }: Found): readonly string[] {
  return [...incidents.values()].flatMap(({ id, version }) => {
    const log = facts.filter((fact) => fact.incidentId === id);
    const numbers = log.map(({ seq }) => seq).sort((a, b) => a - b);
    const isWhole = numbers.every((seq, i) => seq === i + 1);
    const control = log.filter(({ type }) => type.startsWith('incident.') && type !== 'incident.noted');
    return [
      ...(isWhole ? [] : [`${id} has numbers ${numbers}`]),
      ...(control.length === version ? [] : [`${id} is at ${version} after ${control.length} facts`]),
    ];
  });
}

function faultsOfPointers({ incidents, pointers }: Found): readonly string[] {
  const open = [...incidents.values()].filter(isOpen).map(({ id }) => id);
  const listed = pointers.map(({ id }) => id);
  const wrong = [...open, ...listed].filter((id) => !open.includes(id) || !listed.includes(id));
  return wrong.map((id) => `${id} is open or listed, and not both`);
}

function faultsOfWindows({ incidents, heads, ...found }: Found, guard: Guard): readonly string[] {
  const open = guard.windows.filter(isOpenWindow);
  const windows = guard.windows.flatMap((window) => {
    const incident = incidents.get(window.incident);
    const isSame = incident && isOpen(incident) === isOpenWindow(window);
    const { incident: id, generation } = window;
    const members = membersOf({ incidents, ...found }, id).flatMap((each) => heads.get(each) ?? []);
    const settle = { incident: id, generation, correlation: guard.hash };
    const missed = decideSettle(guard, settle, members, 0);
    return [
      ...(isSame && incident.generation === generation ? [] : [`${id} is not as its window`]),
      ...(missed?.command ? [`${id} should ${missed.command.do}`] : []),
    ];
  });
  return [
    ...(open.length > 1 ? [`${guard.hash} has ${open.length} open windows`] : []),
    ...(overlapping(guard) ? [`${guard.hash} has windows that are not apart`] : []),
    ...windows,
  ];
}

/** Whether somebody is told of the alert, or ended its incident by hand and could know of it. */
function isAnswered({ incidents, guards }: Found, head: AlertHead): boolean {
  return head.memberships.some(({ correlation, incident }) => {
    const kept = keptOf(incidents, incident);
    // Merged into one of another key, that has the window.
    const guard = guards.get(incidents.get(kept)?.correlation?.hash ?? correlation);
    const window = guard && windowOf(guard, kept);
    if (!window) return false;
    return isOpenWindow(window) || (isClosedByHand(window) && !isUnknown(window, head));
  });
}

const unanswered = ({ fingerprint }: AlertHead): string => `${fingerprint} fires, and nobody is told`;
