/** Starts the page. */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import { mount } from 'svelte';
import './tokens.css';
import './base.css';
import Shell from './shell/Shell.svelte';
import { Workbench } from './state/workbench.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('the page has no place for the workbench');
mount(Shell, { target, props: { workbench: new Workbench() } });
