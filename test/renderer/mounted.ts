/** Mounts a component into the document for one test. */
import { mount, unmount, type Component } from 'svelte';
import { onTestFinished } from 'vitest';

export function mounted<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
): HTMLElement {
  const target = document.createElement('div');
  document.body.append(target);
  const instance = mount(component, { target, props });
  onTestFinished(async () => {
    await unmount(instance);
    target.remove();
  });
  return target;
}

/** The text as it is read, without the white space of markup. */
export function textOf(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}
