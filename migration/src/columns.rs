//! The few kinds of column the schema is made of. All are NOT NULL unless wrapped in
//! `.null()`, so that nothing is optional by accident.

use sea_orm_migration::prelude::*;

pub fn key(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.uuid().not_null().primary_key();
    column
}

pub fn text_key(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().not_null().primary_key();
    column
}

pub fn number_key(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().not_null().primary_key();
    column
}

pub fn uuid(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.uuid().not_null();
    column
}

pub fn text(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().not_null();
    column
}

pub fn number(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().not_null();
    column
}

pub fn small_number(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.integer().not_null();
    column
}

pub fn truth(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.boolean().not_null();
    column
}

pub fn bytes(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.blob().not_null();
    column
}

/// An instant, UTC, microseconds.
pub fn instant(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.timestamp_with_time_zone().not_null();
    column
}

/// A day in Asia/Shanghai.
pub fn day(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.date().not_null();
    column
}

/// The same column, optional.
pub fn optional(mut column: ColumnDef) -> ColumnDef {
    column.null();
    column
}

/// One table with its foreign keys `(column, table)`, each to that table's `id`.
pub fn table(
    name: &'static str,
    columns: Vec<ColumnDef>,
    references: &[(&'static str, &'static str)],
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column);
    }
    for (column, other) in references {
        table.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{name}_{column}"))
                .from(name, *column)
                .to(*other, "id"),
        );
    }
    table.to_owned()
}

/// An index over columns, named after them.
pub async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    manager.create_index(index.to_owned()).await
}

/// Creates the tables, in this order.
pub async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    Ok(())
}

/// Drops the tables, in this order.
pub async fn drop(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}

/// Makes the database itself refuse a change of `table`: `UPDATE` and `DELETE`, or only an
/// update that alters `column`.
pub async fn forbid_change(
    manager: &SchemaManager<'_>,
    table: &str,
    column: Option<&str>,
) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let message = format!("{table} may not be changed");
    let statements = match manager.get_database_backend() {
        sea_orm_migration::sea_orm::DbBackend::Sqlite => match column {
            None => ["UPDATE", "DELETE"]
                .iter()
                .map(|verb| {
                    format!(
                        "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
                         BEGIN SELECT RAISE(ABORT, '{message}'); END"
                    )
                })
                .collect(),
            Some(column) => vec![format!(
                "CREATE TRIGGER {table}_{column}_fixed BEFORE UPDATE OF {column} ON {table} \
                 WHEN NEW.{column} IS NOT OLD.{column} \
                 BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )],
        },
        _ => {
            let (name, events, condition) = match column {
                None => (format!("{table}_fixed"), "UPDATE OR DELETE".to_owned(), String::new()),
                Some(column) => (
                    format!("{table}_{column}_fixed"),
                    format!("UPDATE OF {column}"),
                    format!("WHEN (NEW.{column} IS DISTINCT FROM OLD.{column})"),
                ),
            };
            let mut statements = vec![
                format!(
                    "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS \
                     $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
                ),
                format!(
                    "CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW \
                     {condition} EXECUTE FUNCTION {name}()"
                ),
            ];
            if column.is_none() {
                // Emptying a table fires no trigger of its rows.
                statements.push(format!(
                    "CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} \
                     FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
                ));
            }
            statements
        }
    };
    for statement in statements {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Takes away what [`forbid_change`] left outside of the table: PostgreSQL's function.
pub async fn allow_change(
    manager: &SchemaManager<'_>,
    table: &str,
    column: Option<&str>,
) -> Result<(), DbErr> {
    if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
        let name = column
            .map_or_else(|| format!("{table}_fixed"), |column| format!("{table}_{column}_fixed"));
        manager
            .get_connection()
            .execute_unprepared(&format!("DROP FUNCTION {name}() CASCADE"))
            .await?;
    }
    Ok(())
}
