/** Takes base backups: what the server sends is checked on receipt and handed on file by file. */
@NullMarked
package dev.nanoctl.backup.base;

import org.jspecify.annotations.NullMarked;
