import { NativeSelect, useMantineColorScheme } from '@mantine/core';

const words = { auto: 'As the system', light: 'Light', dark: 'Dark' } as const;
const schemes = ['auto', 'light', 'dark'] as const;

/** Light, dark, or as the system is; remembered by the browser. */
export function SchemeChoice() {
  // Mantine would stop transitions by a style element, which the content policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <NativeSelect
      aria-label="Colours"
      value={colorScheme}
      data={schemes.map((value) => ({ value, label: words[value] }))}
      onChange={({ target }) => setColorScheme(schemes.find((one) => one === target.value) ?? 'auto')}
    />
  );
}
