import { Burger, Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Organisation } from '../identity/use-organisation.ts';
import { Navigation } from './navigation.tsx';
import { SchemeChoice } from './scheme-choice.tsx';
import { usePlace } from './use-place.ts';

export interface ShellProps {
  readonly person: string;
  readonly organisations: readonly Organisation[];
  readonly organisation: Organisation;
  readonly children: ReactNode;
  onChoose(id: string): void;
  onSignOut(): void;
}

/** Whose console this is, its parts, who is looking, and the page. On a phone all but the page is behind a button. */
export function Shell({ person, organisations, organisation, children, onChoose, onSignOut }: ShellProps) {
  const path = usePlace();
  const { isOpen, toggle } = useMenu(path);
  const content = useFocusOn(path);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="side" data-open={isOpen || undefined}>
        <div className="top">
          <OrganisationChoice all={organisations} chosen={organisation} onChoose={onChoose} />
          <div className="only-narrow">
            <Burger opened={isOpen} onClick={toggle} size="sm" aria-label="Menu" aria-expanded={isOpen} />
          </div>
        </div>
        <div className="menu">
          <Navigation />
          <div className="account">
            <SchemeChoice />
            <span className="person">{person}</span>
            <Button variant="subtle" justify="start" onClick={onSignOut}>
              Sign out
            </Button>
          </div>
        </div>
      </header>
      <div className="page">
        <main id="content" tabIndex={-1} ref={content}>
          {children}
        </main>
      </div>
    </div>
  );
}

interface OrganisationChoiceProps {
  readonly all: readonly Organisation[];
  readonly chosen: Organisation;
  onChoose(id: string): void;
}

/** The organisation whose console this is; to choose where a person has several. */
function OrganisationChoice({ all, chosen, onChoose }: OrganisationChoiceProps) {
  if (all.length < 2)
    return (
      <Link className="home" to="/incidents">
        {chosen.name}
      </Link>
    );
  return (
    <NativeSelect
      aria-label="Organisation"
      value={chosen.id}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={({ target }) => onChoose(target.value)}
    />
  );
}

/** Whether the menu of a phone is open; going somewhere closes it. */
function useMenu(path: string) {
  const [openAt, setOpenAt] = useState<string>();
  const isOpen = openAt === path;
  return { isOpen, toggle: () => setOpenAt(isOpen ? undefined : path) };
}

/** Another page begins at its beginning, also for the keyboard and for who listens; the first one is left to the browser. */
function useFocusOn(path: string) {
  const content = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    content.current?.focus({ preventScroll: true });
  }, [path]);
  return content;
}
