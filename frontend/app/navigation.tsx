import { NavLink } from '@mantine/core';
import { Link } from 'wouter';
import { usePlace } from './use-place.ts';

/** What the console has. */
const parts = [
  ['/incidents', 'Incidents'],
  ['/alerts', 'Alerts'],
  ['/services', 'Services'],
  ['/on-call', 'On call'],
  ['/runbooks', 'Runbooks'],
  ['/metrics', 'Metrics'],
  ['/status', 'Status page'],
  ['/post-mortems', 'Post-mortems'],
  ['/integrations', 'Integrations'],
  ['/heartbeats', 'Heartbeats'],
  ['/silences', 'Silences'],
  ['/rules', 'Rules'],
] as const;

/** The parts of the console, and which of them is shown. */
export function Navigation() {
  const here = usePlace();
  return (
    <nav aria-label="Console">
      {parts.map(([to, name]) => (
        <NavLink
          key={to}
          component={Link}
          to={to}
          label={name}
          aria-current={here === to || here.startsWith(`${to}/`) ? 'page' : undefined}
        />
      ))}
    </nav>
  );
}
