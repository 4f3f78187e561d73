// Lint rules of the house: STYLE in CONTRIBUTING.md says why, this says what a machine can hold.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const houseRules = {
  'max-lines': ['error', 300],
  'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
  'no-console': 'error',
  'no-empty': ['error', { allowEmptyCatch: false }],
  'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
  eqeqeq: 'error',
};

// What core needs of the world is passed in.
const WORLD = ['process', 'Buffer', 'window', 'document', 'navigator', 'fetch', 'performance', 'crypto'];
const CLOCKS = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'indexedDB',
  'localStorage',
];
const coreRules = {
  'no-restricted-globals': ['error', ...WORLD, ...CLOCKS],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'core knows no clock: take the time as an argument.' },
    { object: 'Math', property: 'random', message: 'core knows no randomness: take it as an argument.' },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'core knows no clock.' },
  ],
};

const typedRules = {
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // The house has no enums and no class hierarchies: these would only cost time.
  '@typescript-eslint/no-unsafe-enum-comparison': 'off',
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/no-mixed-enums': 'off',
};

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', '.cache/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      // One list of extensions for all files: where they differ, the whole program is loaded again each time.
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: { ...houseRules, ...typedRules },
  },
  { files: ['core/**/*.ts'], rules: coreRules },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    // svelte-check reads the types of components; linting them with types as well would double the wait.
    // svelte-check also finds unknown and unused names; the untyped rules stumble over names in types.
    rules: { ...houseRules, 'no-undef': 'off', 'no-unused-vars': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
    rules: { ...houseRules, 'no-restricted-exports': 'off' },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: [
      'cli/**',
      'scripts/**',
      'test/bench/**',
      'test/sdk/**',
      'test/setup/**',
      'test/clients/robustness/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    // `describe` holds many tests in one function; `expect(port.send)` names a method without calling it.
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
