import { createTheme, type MantineColorsTuple } from '@mantine/core';

// Lapis: the one accent. Shade 7 on white and shade 4 on the dark ground both pass 4.5 : 1 as text.
const lapis: MantineColorsTuple = [
  '#edf3fb',
  '#d8e5f5',
  '#b3cbeb',
  '#86abdf',
  '#6f9fe0',
  '#3f72b8',
  '#2c5fa6',
  '#1f4f94',
  '#173f7a',
  '#0f2e5c',
];

// Slate instead of the library's greys: ink with a little blue, so that text and lines belong together.
const slate: MantineColorsTuple = [
  '#f6f7f9',
  '#eef0f4',
  '#e2e6ec',
  '#cfd5de',
  '#b4bcc8',
  '#8792a2',
  '#5b6472',
  '#424b59',
  '#2b323d',
  '#171c24',
];

const night: MantineColorsTuple = [
  '#e6eaf0',
  '#c3cad5',
  '#a5adba',
  '#76808f',
  '#4b5563',
  '#364050',
  '#2a3240',
  '#1d232d',
  '#161b23',
  '#0f131a',
];

/** Browsers write what stands in fields to their own files, to fill them again after a crash, unless a field says not to. */
const NOT_KEPT = { autoComplete: 'off' } as const;
const NO_MOVE = { duration: 80, transition: 'fade' } as const;

/** Calm and dense: one accent, thin lines instead of shadows, nothing that moves for longer than a blink. */
export const theme = createTheme({
  primaryColor: 'lapis',
  primaryShade: { light: 7, dark: 6 },
  colors: { lapis, gray: slate, dark: night },
  black: '#171c24',
  fontFamily: '"Noto Sans Variable", "Noto Sans", "Segoe UI", sans-serif',
  fontFamilyMonospace: '"Noto Sans Variable", "Noto Sans", sans-serif',
  fontSizes: { xs: '13px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.35' },
  spacing: { xs: '6px', sm: '10px', md: '16px', lg: '22px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '24px', lineHeight: '1.25' },
      h2: { fontSize: '20px', lineHeight: '1.3' },
      h3: { fontSize: '16px', lineHeight: '1.35' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { overflow: 'visible' } } },
    Modal: {
      defaultProps: { transitionProps: NO_MOVE, centered: true, radius: 'md' },
      styles: { title: { fontWeight: 650 } },
    },
    Menu: {
      // The library's place for the first focus is no item of a menu, and is read aloud as one.
      defaultProps: { transitionProps: NO_MOVE, shadow: 'md', withInitialFocusPlaceholder: false },
    },
    Tooltip: { defaultProps: { transitionProps: NO_MOVE, openDelay: 400 } },
    Textarea: { defaultProps: NOT_KEPT },
    NativeSelect: { defaultProps: NOT_KEPT },
    TextInput: { defaultProps: NOT_KEPT },
    PasswordInput: { defaultProps: NOT_KEPT },
    Select: {
      defaultProps: { ...NOT_KEPT, comboboxProps: { transitionProps: NO_MOVE, shadow: 'md' } },
    },
    MultiSelect: {
      defaultProps: { ...NOT_KEPT, comboboxProps: { transitionProps: NO_MOVE, shadow: 'md' } },
    },
    Popover: { defaultProps: { transitionProps: NO_MOVE, shadow: 'md' } },
  },
});
