/** What the page may know of the desktop shell around it: that there is one. */
import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('tracebenchShell', { kind: 'desktop', platform: process.platform });
