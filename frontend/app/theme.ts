import { createTheme, defaultVariantColorsResolver } from '@mantine/core';

/** How Mantine's components look beside what styles/mantine.css says of its colours. */
export const theme = createTheme({
  primaryColor: 'blue',
  cursorType: 'pointer',
  // Our filled colours are light in the dark, where white text could not be read.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--act-ink)' } : colors;
  },
});
