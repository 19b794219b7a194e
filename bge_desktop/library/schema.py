"""The tables, as numbered migrations. A migration that has been released is never edited: a new one is added."""

from __future__ import annotations

from typing import cast

from sqlite_utils import Database
from sqlite_utils.db import Table
from sqlite_utils.migrations import Migrations

from bge_desktop.library.packing import let_pack
from bge_desktop.library.path_keys import refresh_path_keys

migrations = Migrations("library")


def table(db: Database, name: str) -> Table:
    """Return a table (never a view) of the library."""
    return cast("Table", db[name])


@migrations()
def m0001_files_documents_passages(db: Database) -> None:
    """Create the first schema.

    A *document* is a content, told apart by its hash; a *file* is a path that has it. So a file that was moved or
    copied keeps its document, and with it passages and vectors. Paths are blobs: on Linux a name is bytes.
    """
    db.executescript(
        """
        CREATE TABLE folders (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE
        );
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            hash TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL
        );
        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folder_id INTEGER NOT NULL REFERENCES folders(id),
            path BLOB NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            inode TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'reading', 'indexed', 'failed')),
            document_id INTEGER REFERENCES documents(id)
        );
        CREATE INDEX files_by_document ON files(document_id);
        CREATE INDEX files_by_state ON files(state);
        CREATE INDEX files_by_folder ON files(folder_id, state);
        CREATE INDEX files_by_size ON files(size);
        CREATE TABLE failures (
            file_id INTEGER PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            message TEXT NOT NULL,
            happened_at REAL NOT NULL
        );
        CREATE TABLE models (
            id INTEGER PRIMARY KEY,
            language TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            dimension INTEGER NOT NULL
        );
        -- ids are never used again (AUTOINCREMENT): a vector index may trust that an id means the same passage for ever
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document_id INTEGER NOT NULL REFERENCES documents(id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            page INTEGER,
            language TEXT NOT NULL,
            embedded INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX passages_by_document ON passages(document_id);
        CREATE INDEX passages_to_embed ON passages(id) WHERE embedded = 0;
        CREATE INDEX documents_to_embed ON passages(document_id) WHERE embedded = 0;
        CREATE TABLE vectors (
            passage_id INTEGER PRIMARY KEY REFERENCES passages(id),
            model_id INTEGER NOT NULL REFERENCES models(id),
            vector BLOB NOT NULL
        );
        CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        -- contentless: the text stands in documents; these hold the analysed words only (see library/full_text.py)
        CREATE VIRTUAL TABLE passage_words USING fts5(words, content='', tokenize='ascii');
        CREATE VIRTUAL TABLE document_words USING fts5(words, content='', tokenize='ascii');
        CREATE VIRTUAL TABLE name_words USING fts5(words, content='', tokenize='ascii');
        CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab('passage_words', 'row');
        -- merging less often than SQLite's 4 makes adding documents a third faster (measured), searching no slower
        INSERT INTO passage_words (passage_words, rank) VALUES ('automerge', 8);
        INSERT INTO document_words (document_words, rank) VALUES ('automerge', 8);
        """
    )


@migrations()
def m0002_filters(db: Database) -> None:
    """Store what filters ask for, each with an index: folded paths, and the language of most passages of a document."""
    db.executescript(
        """
        ALTER TABLE files ADD COLUMN folder_key BLOB NOT NULL DEFAULT x'';
        ALTER TABLE files ADD COLUMN name_key BLOB NOT NULL DEFAULT x'';
        ALTER TABLE files ADD COLUMN ending_key BLOB NOT NULL DEFAULT x'';
        -- 'en', 'zh', 'both' where as many passages are in each, '' where there are none
        ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT '';
        UPDATE documents SET language = coalesce((
            SELECT CASE WHEN 2 * sum(language = 'zh') > count(*) THEN 'zh'
                        WHEN 2 * sum(language = 'zh') < count(*) THEN 'en' ELSE 'both' END
            FROM passages WHERE document_id = documents.id HAVING count(*) > 0
        ), '');
        """
    )
    refresh_path_keys(db)
    db.executescript(
        """
        -- with the document: so a filter reads its index alone, never the rows with their long paths and texts
        CREATE INDEX files_by_folder_key ON files(folder_key, document_id);
        CREATE INDEX files_by_name_key ON files(name_key, document_id);
        CREATE INDEX files_by_ending_key ON files(ending_key, document_id);
        CREATE INDEX files_by_mtime ON files(mtime_ns, document_id);
        DROP INDEX files_by_size;
        CREATE INDEX files_by_size ON files(size, document_id);
        CREATE INDEX documents_by_kind ON documents(kind);
        CREATE INDEX documents_by_language ON documents(language);
        """
    )


@migrations()
def m0003_signatures(db: Database) -> None:
    """Make room for the documents' signatures (see `signatures`), which are made where they are missing."""
    db.executescript(
        """
        CREATE TABLE signatures (
            document_id INTEGER PRIMARY KEY REFERENCES documents(id),
            signature BLOB NOT NULL
        );
        """
    )


@migrations()
def m0004_places(db: Database) -> None:
    """Store where in its file a passage stands, besides the page: "Sheet1!B7", "report.pdf" in an archive."""
    db.executescript("ALTER TABLE passages ADD COLUMN place TEXT NOT NULL DEFAULT '';")


@migrations()
def m0005_rules_and_kills(db: Database) -> None:
    """Store the rules of each folder, as JSON of `FolderRules`, and how many readers a file has ended."""
    db.executescript(
        """
        ALTER TABLE folders ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE files ADD COLUMN kills INTEGER NOT NULL DEFAULT 0;
        """
    )


@migrations()
def m0006_places_in_passages(db: Database) -> None:
    """Store what places begin within a passage, as `passage_places` packs them; "" where only its start is known."""
    db.executescript("ALTER TABLE passages ADD COLUMN places TEXT NOT NULL DEFAULT '';")


@migrations()
def m0007_shortfalls(db: Database) -> None:
    """Make room for what could not be read of documents that were read in part."""
    db.executescript(
        """
        CREATE TABLE shortfalls (
            document_id INTEGER PRIMARY KEY REFERENCES documents(id),
            title TEXT NOT NULL,
            message TEXT NOT NULL,
            happened_at REAL NOT NULL
        );
        """
    )


@migrations()
def m0008_devices_and_doubts(db: Database) -> None:
    """Store what tells better than before that a file changed, that a folder is away, and what passes by itself."""
    db.executescript(
        """
        -- what `watch.volumes` calls the file system, '' for what could not be looked at
        ALTER TABLE files ADD COLUMN device TEXT NOT NULL DEFAULT '';
        UPDATE files SET device = substr(inode, 1, instr(inode, ':') - 1), inode = substr(inode, instr(inode, ':') + 1);
        CREATE INDEX files_by_inode ON files(inode);
        -- of the last change of anything about the file, nanoseconds since the epoch; 0 where it is not known
        ALTER TABLE files ADD COLUMN ctime_ns INTEGER NOT NULL DEFAULT 0;
        -- nanoseconds since the epoch: once they are over, a scan has the file read again; 0 where there is no doubt
        ALTER TABLE files ADD COLUMN doubtful_until INTEGER NOT NULL DEFAULT 0;
        -- whether the last scan found none of the files that are known, and did not believe that they were deleted
        ALTER TABLE folders ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
        -- of the folder itself, when files were last found in it, as text like a file's; '' where none were
        ALTER TABLE folders ADD COLUMN inode TEXT NOT NULL DEFAULT '';
        -- whether the failure says nothing of the file's content, and may be over at the next look
        ALTER TABLE failures ADD COLUMN passing INTEGER NOT NULL DEFAULT 0;
        UPDATE failures SET passing = title IN
            ('Vanished', 'No permission', 'Disk error', 'Not a file', 'Cannot be opened');
        """
    )


@migrations()
def m0009_paused_and_removed(db: Database) -> None:
    """Store which folders a person has paused, and which have been removed, though not yet all of their files."""
    db.executescript(
        """
        ALTER TABLE folders ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE folders ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
        """
    )


@migrations()
def m0010_checksums(db: Database) -> None:
    """Store what damage shows by, see `checksums` (NULL: not known), and apart from the texts what is outdated."""
    db.executescript(
        """
        ALTER TABLE documents ADD COLUMN checksum INTEGER;
        ALTER TABLE vectors ADD COLUMN checksum INTEGER;
        CREATE TABLE outdated (document_id INTEGER PRIMARY KEY REFERENCES documents(id));
        INSERT INTO outdated SELECT id FROM documents WHERE hash = 'outdated ' || id;
        """
    )


@migrations()
def m0011_packed_texts(db: Database) -> None:
    """Pack the texts (see `packing`), and have the signatures made anew, which are smaller than they were."""
    let_pack(db.conn)
    db.executescript("UPDATE documents SET text = packed(text); DELETE FROM signatures;")


@migrations()
def m0012_models(db: Database) -> None:
    """Let a library hold the vectors of further models than those in use: to come, or of before (see `stored_models`).

    So a vector is told by its passage and its model.
    """
    db.executescript(
        """
        ALTER TABLE models RENAME TO former_models;
        CREATE TABLE models (
            id INTEGER PRIMARY KEY,
            language TEXT NOT NULL,
            name TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            -- as of `Model.described`; '' for the bundled model of the language
            description TEXT NOT NULL DEFAULT '',
            -- how its cosines are spread here, as JSON of `Spread`; '' where that is not measured
            spread TEXT NOT NULL DEFAULT '',
            role TEXT NOT NULL DEFAULT 'current'
        );
        CREATE UNIQUE INDEX models_by_role ON models(language, role) WHERE role != 'dropped';
        INSERT INTO models (id, language, name, fingerprint, dimension)
            SELECT id, language, name, fingerprint, dimension FROM former_models;
        CREATE TABLE model_vectors (
            id INTEGER PRIMARY KEY,
            passage_id INTEGER NOT NULL REFERENCES passages(id),
            model_id INTEGER NOT NULL REFERENCES models(id),
            vector BLOB NOT NULL,
            checksum INTEGER
        );
        INSERT INTO model_vectors (id, passage_id, model_id, vector, checksum)
            SELECT passage_id, passage_id, model_id, vector, checksum FROM vectors;
        DROP TABLE vectors;
        DROP TABLE former_models;
        ALTER TABLE model_vectors RENAME TO vectors;
        CREATE UNIQUE INDEX vectors_by_passage ON vectors(passage_id, model_id);
        CREATE INDEX passages_given_up ON passages(id) WHERE embedded = 2;
        -- what the old table took is given back
        INSERT OR REPLACE INTO facts
            SELECT 'removed since tidied', 'yes' WHERE EXISTS (SELECT 1 FROM vectors);
        """
    )


@migrations()
def m0013_topics(db: Database) -> None:
    """Store the topics, and where the documents are among them (see `topics`).

    Of each grouping of the documents there are rows of its own: that in use is the one that a fact names.
    """
    db.executescript(
        """
        CREATE TABLE topics (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            grouping INTEGER NOT NULL,
            parent INTEGER REFERENCES topics(id),
            space TEXT NOT NULL,
            name TEXT NOT NULL,
            -- by a person
            given_name TEXT NOT NULL DEFAULT '',
            -- as JSON
            words TEXT NOT NULL,
            colour INTEGER NOT NULL,
            language TEXT NOT NULL,
            -- float32, as the space projects; empty for one that holds others
            centroid BLOB NOT NULL
        );
        CREATE INDEX topics_by_parent ON topics(parent);
        -- the vectors that can be compared: those of one model
        CREATE TABLE topic_spaces (
            id INTEGER PRIMARY KEY,
            grouping INTEGER NOT NULL,
            name TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            -- float32: the mean of the vectors, and the axes on which they are seen
            projection BLOB NOT NULL,
            -- how far from the nearest topic a document may be that belongs to it
            reach REAL NOT NULL,
            documents INTEGER NOT NULL
        );
        CREATE TABLE topic_places (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            grouping INTEGER NOT NULL,
            -- the lowest; NULL where the document is too far from all
            topic_id INTEGER REFERENCES topics(id),
            x REAL NOT NULL,
            y REAL NOT NULL,
            UNIQUE (document_id, grouping)
        );
        CREATE INDEX topic_places_by_topic ON topic_places(topic_id, document_id);
        CREATE INDEX topic_places_by_grouping ON topic_places(grouping, document_id);
        """
    )


@migrations()
def m0014_labels(db: Database) -> None:
    """Store the labels, what a person has decided of them, and what was learnt from that (see `labels`)."""
    db.executescript(
        """
        CREATE TABLE labels (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            key TEXT NOT NULL UNIQUE,
            colour INTEGER NOT NULL DEFAULT 0,
            -- the confidence from which it is applied by itself; NULL for never
            threshold REAL
        );
        -- of a document, or while that is not known, as after a repair, of what the file at `path` holds
        CREATE TABLE label_decisions (
            id INTEGER PRIMARY KEY,
            label_id INTEGER NOT NULL REFERENCES labels(id),
            document_id INTEGER REFERENCES documents(id),
            path BLOB,
            accepted INTEGER NOT NULL,
            UNIQUE (label_id, document_id)
        );
        CREATE INDEX label_decisions_by_document ON label_decisions(document_id);
        CREATE INDEX label_decisions_by_path ON label_decisions(path) WHERE path NOTNULL;
        -- what follows from the decisions, and can be made anew
        CREATE TABLE label_weights (
            id INTEGER PRIMARY KEY,
            label_id INTEGER NOT NULL REFERENCES labels(id),
            -- of the model whose vectors they are for
            fingerprint TEXT NOT NULL,
            weights BLOB NOT NULL,
            UNIQUE (label_id, fingerprint)
        );
        CREATE TABLE label_guesses (
            id INTEGER PRIMARY KEY,
            label_id INTEGER NOT NULL REFERENCES labels(id),
            document_id INTEGER NOT NULL REFERENCES documents(id),
            confidence REAL NOT NULL,
            UNIQUE (label_id, document_id)
        );
        CREATE INDEX label_guesses_by_document ON label_guesses(document_id);
        CREATE INDEX label_guesses_by_confidence ON label_guesses(label_id, confidence);
        CREATE VIEW open_guesses AS
            SELECT label_id, document_id, confidence, confidence >= threshold AS is_applied
                FROM label_guesses JOIN labels ON labels.id = label_id WHERE NOT EXISTS (
                    SELECT 1 FROM label_decisions AS own
                    WHERE own.label_id = label_guesses.label_id AND own.document_id = label_guesses.document_id
                );
        CREATE VIEW document_labels AS
            SELECT label_id, document_id, 'given' AS standing, 1.0 AS confidence
                FROM label_decisions WHERE accepted AND document_id NOTNULL
            UNION ALL
            SELECT label_id, document_id, CASE WHEN is_applied THEN 'applied' ELSE 'proposed' END, confidence
                FROM open_guesses;
        CREATE VIEW labelled AS
            SELECT label_id, document_id FROM label_decisions WHERE accepted AND document_id NOTNULL
            UNION ALL
            SELECT label_id, document_id FROM open_guesses WHERE is_applied;
        """
    )


@migrations()
def m0015_sparse(db: Database) -> None:
    """Make room for the inverted index of lexical weights (see `sparse_index`)."""
    db.executescript(
        """
        CREATE TABLE sparse_blocks (
            id INTEGER PRIMARY KEY,
            model_id INTEGER NOT NULL REFERENCES models(id),
            number INTEGER NOT NULL,
            members BLOB NOT NULL,
            checksum INTEGER NOT NULL,
            UNIQUE (number, model_id)
        );
        -- with a rowid, which joins block and token: salvage goes by it
        CREATE TABLE sparse_postings (id INTEGER PRIMARY KEY, postings BLOB NOT NULL);
        """
    )
