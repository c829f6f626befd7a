// @generated automatically by Diesel CLI.

diesel::table! {
    /// What an admin may have to account for. Append-only.
    audit_trail (id) {
        id -> Int8,
        at -> Timestamptz,
        /// Who; null: Backfill itself, or nobody known.
        user_id -> Nullable<Int8>,
        /// From where; empty: not told.
        address -> Text,
        record_kind -> Nullable<Text>,
        record_id -> Nullable<Int8>,
        event -> Jsonb,
    }
}

diesel::table! {
    /// What a scanner reads off a unit of a product, or off a case of it.
    barcodes (code) {
        /// As printed: letters, digits, signs and blanks that Code 128 has bars for.
        code -> Text,
        product_id -> Int8,
        /// How many units it stands for: 12 on a case of twelve.
        units -> Int4,
    }
}

diesel::table! {
    /// Parcels that are picked in one walk.
    batches (id) {
        id -> Int8,
        number -> Text,
        warehouse_id -> Int8,
        kind -> Text,
        operator_id -> Nullable<Int8>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// What lies in each bin; written under the lock of its place. Usable bins add up to what is on hand.
    bin_contents (location_id, product_id) {
        location_id -> Int8,
        product_id -> Int8,
        warehouse_id -> Int8,
        quantity -> Int4,
        /// Units that parcels take from here: the sum of bin_holds.
        held -> Int4,
        /// When it was last empty of the product no more.
        since -> Timestamptz,
        /// Of its units, those that a picker did not find.
        doubted -> Int4,
    }
}

diesel::table! {
    /// From which bins the parcel of an order line takes its units, until it leaves or is given back.
    bin_holds (order_line_id, location_id) {
        order_line_id -> Int8,
        location_id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
    }
}

diesel::table! {
    /// Who carries parcels.
    carriers (id) {
        id -> Int8,
        name -> Text,
        /// A regular expression that a whole tracking number matches; empty: any.
        tracking_pattern -> Text,
        /// Where a parcel is followed, with {tracking} for its number; empty: nowhere.
        tracking_link -> Text,
        needs_tracking -> Bool,
        is_active -> Bool,
        created_at -> Timestamptz,
        /// Until when a parcel is taken on a day, where the company is; empty: nobody said.
        cut_off -> Text,
        export_separator -> Text,
        export_header -> Bool,
        /// What stands in the columns of the file it takes, in their order: a title, and a field or a fixed text.
        export_columns -> Jsonb,
        import_separator -> Text,
        /// Title or number of the column of its file that says whose tracking number it is; empty: it gives no file.
        import_reference -> Text,
        import_reference_is -> Text,
        /// The same of the tracking number.
        import_tracking -> Text,
    }
}

diesel::table! {
    /// Where orders and customers come from: a shop, a marketplace, by hand. Their numbers are unique within it.
    channels (id) {
        id -> Int8,
        name -> Text,
        /// Orders written by hand stand in it, under numbers of ours; no file does.
        is_own -> Bool,
    }
}

diesel::table! {
    /// Who runs this Backfill: one row.
    company (id) {
        id -> Int8,
        name -> Text,
        address -> Text,
        email -> Text,
        phone -> Text,
        currency -> Text,
        held_orders_keep_stock -> Bool,
        /// In English.
        purchase_order_intro -> Text,
        /// In French.
        purchase_order_intro_fr -> Text,
        /// Of the IANA database, such as Europe/Paris; empty until the first start takes that of the machine.
        time_zone -> Text,
        /// A difference of so many units is counted once more; null: none is.
        recount_units -> Nullable<Int4>,
        /// The same of a value, in ten-thousandths of the currency.
        recount_value -> Nullable<Int8>,
        /// Whether customers are told when a parcel leaves.
        shipping_mail -> Bool,
        /// With fields such as {order}; empty: the usual.
        shipping_mail_subject -> Text,
        /// The same of the text.
        shipping_mail_text -> Text,
        /// Whom such a mail is from: MAIL_FROM as it was when this was saved.
        shipping_mail_sender -> Text,
        /// Whether those who have the right may pack and ship what was not scanned.
        ships_unscanned -> Bool,
    }
}

diesel::table! {
    /// Differences that add up to the number of consignments in each state.
    consignment_counts (id) {
        id -> Int8,
        warehouse_id -> Int8,
        state -> Text,
        consignments -> Int8,
    }
}

diesel::table! {
    /// What one order wants from one warehouse; its state is its tab of order preparation. Derived by settle.
    consignments (id) {
        id -> Int8,
        order_id -> Int8,
        warehouse_id -> Int8,
        state -> Text,
        /// 0 urgent, 1 high, 2 normal, 3 low.
        priority_rank -> Int2,
        required_by -> Date,
        placed_at -> Timestamptz,
        /// Latest expected date of its waiting lines; null: nothing waits, or something is not on order.
        expected_on -> Nullable<Date>,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    /// One product at one place of a count. A place stands in one open count.
    count_lines (id) {
        id -> Int8,
        count_id -> Int8,
        warehouse_id -> Int8,
        product_id -> Int8,
        /// The bin; null: the warehouse had none.
        location_id -> Nullable<Int8>,
        /// What a unit cost when it was listed, in ten-thousandths of the currency of the company; null: nobody knew.
        unit_cost -> Nullable<Int8>,
        /// How often it is counted: the second is the first recount.
        round -> Int4,
        /// Units found in this round so far; null: not counted yet.
        counted -> Nullable<Int4>,
        /// Units by the books at the moment of the latest scan: what the count is compared with.
        books -> Nullable<Int4>,
        /// The same at the first scan of the round.
        first_books -> Nullable<Int4>,
        /// The latest movement of the product at the latest scan; 0: there was none.
        latest_movement -> Nullable<Int8>,
        counted_at -> Nullable<Timestamptz>,
        counted_by -> Nullable<Int8>,
        /// Units by which the round before differed.
        earlier -> Nullable<Int4>,
        /// Its count is open.
        is_open -> Bool,
        /// Units by which the books were corrected; null: they were not.
        applied -> Nullable<Int4>,
    }
}

diesel::table! {
    /// Every scan of a count, as it was made. Append-only.
    count_scans (id) {
        id -> Int8,
        count_line_id -> Int8,
        round -> Int4,
        /// What was scanned or typed.
        units -> Int4,
        /// They were added to what was counted before; otherwise they are all.
        adds -> Bool,
        /// Units counted then.
        counted -> Int4,
        /// Units by the books in that moment.
        books -> Int4,
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
    }
}

diesel::table! {
    /// Stock takes: a list of what is to be counted in a warehouse.
    counts (id) {
        id -> Int8,
        number -> Text,
        warehouse_id -> Int8,
        status -> Text,
        /// What is counted, in words.
        asked -> Text,
        /// Whoever counts is not shown what the books say.
        blind -> Bool,
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        /// Totals of its lines; null while it is open and they change.
        lines -> Nullable<Int8>,
        counted -> Nullable<Int8>,
        differing -> Nullable<Int8>,
        /// Units found beyond the books.
        more -> Nullable<Int8>,
        /// Units not found.
        fewer -> Nullable<Int8>,
        /// What the units found cost, as far as known.
        gained -> Nullable<Int8>,
        /// The same of those not found.
        lost -> Nullable<Int8>,
    }
}

diesel::table! {
    customers (id) {
        id -> Int8,
        /// What the merchant calls the customer: an account number.
        code -> Text,
        name -> Text,
        email -> Text,
        phone -> Text,
        address -> Text,
        country -> Text,
        /// Class of new orders of this customer.
        priority -> Text,
        shipping_policy -> Text,
        note -> Text,
        created_at -> Timestamptz,
        /// Raised by every edit; a form made from an older version is told what changed.
        version -> Int4,
        channel_id -> Int8,
    }
}

diesel::table! {
    /// Why the books changed: one for all that follows from one act. Append-only.
    decisions (id) {
        id -> Int8,
        cause -> Text,
        reception_id -> Nullable<Int8>,
        reason -> Text,
        /// Who; null: Backfill itself.
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
    }
}

diesel::table! {
    /// Order lines with units to ship, each with its place in the queue. A line leaves when nothing is left.
    demand (order_line_id) {
        order_line_id -> Int8,
        order_id -> Int8,
        product_id -> Int8,
        warehouse_id -> Int8,
        /// Ordered less shipped less cancelled.
        to_ship -> Int4,
        reserved -> Int4,
        /// Of the reserved, what is in a parcel being prepared: untouchable.
        taken -> Int4,
        pinned_at -> Nullable<Timestamptz>,
        priority_rank -> Int2,
        /// 9999-12-31: no date is required.
        required_by -> Date,
        placed_at -> Timestamptz,
        line_number -> Int4,
        held -> Bool,
        /// The incoming line that covers the last missing unit; null: nothing missing, or not on order.
        supply_id -> Nullable<Int8>,
        /// Date of that line.
        expected_on -> Nullable<Date>,
        /// Units that neither stock nor anything on its way covers: they must be bought.
        uncovered -> Int4,
        /// Whether, while it waits, it was expected on another day before, or had its units.
        moved -> Bool,
        /// The line of the kit for which it is reserved in whole sets; null: it is reserved by the unit.
        kit_line_id -> Nullable<Int8>,
        /// Units of it in one set.
        per_kit -> Nullable<Int4>,
        /// Lines of demand that make a set together.
        parts_in_kit -> Nullable<Int2>,
    }
}

diesel::table! {
    /// The figures of days that are over, in the zone of the company; written once each, when the day is over or later.
    figures_by_day (day) {
        day -> Date,
        /// Orders with all that is left of them reserved in a warehouse, when the day ended.
        ready -> Int8,
        /// Orders with something missing in a warehouse, when the day ended.
        waiting -> Int8,
        /// Lines of the orders placed that day.
        lines -> Int8,
        /// Of these, lines that got all their units from stock the moment the order was placed.
        filled -> Int8,
        /// Lines of purchase orders that were due that day, by the date that counted when it was over.
        due -> Int8,
        /// Of these, lines that had arrived whole by the end of the day.
        on_time -> Int8,
    }
}

diesel::table! {
    /// Reserved units that somebody moved from one order line to another, or released, and why. Append-only.
    hand_moves (id) {
        id -> Int8,
        warehouse_id -> Int8,
        product_id -> Int8,
        from_line_id -> Int8,
        /// Null: released, to those who wait.
        to_line_id -> Nullable<Int8>,
        quantity -> Int4,
        reason -> Text,
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
    }
}

diesel::table! {
    /// Posts that were acted on, by the key their form carried: a request sent twice acts once.
    handled_requests (key) {
        key -> Text,
        handled_at -> Timestamptz,
        /// The answer of the first one.
        made -> Jsonb,
        /// SHA-256 of user, route and content: a key belongs to them.
        print -> Bytea,
    }
}

diesel::table! {
    /// What people did to a record, as data. Append-only.
    history (id) {
        id -> Int8,
        record_kind -> Text,
        record_id -> Int8,
        /// Who; null: Backfill itself.
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
        /// What happened, under kind, and its details.
        event -> Jsonb,
    }
}

diesel::table! {
    /// Lines and documents of a file that are not imported.
    import_left_out (id) {
        id -> Int8,
        import_id -> Int8,
        is_document -> Bool,
        /// From 0 on by line, among lines or among documents; null while the file is read.
        place -> Nullable<Int4>,
        line -> Int4,
        /// The last line of a document.
        last -> Int4,
        order_number -> Text,
        says -> Text,
        reason -> Text,
    }
}

diesel::table! {
    /// Orders a file comes to, until they are placed.
    import_orders (import_id, place) {
        import_id -> Int8,
        /// From 0 on, as they stand in the file.
        place -> Int4,
        /// The order as it was read, as JSON.
        content -> Text,
    }
}

diesel::table! {
    /// A file as it was uploaded, piece by piece; gone when nothing more can be done with it.
    import_pieces (import_id, piece) {
        import_id -> Int8,
        piece -> Int4,
        content -> Bytea,
    }
}

diesel::table! {
    /// Products the catalog did not know when a file was read, until its orders are placed.
    import_products (import_id, place) {
        import_id -> Int8,
        place -> Int4,
        sku -> Text,
        name -> Text,
        price -> Int8,
    }
}

diesel::table! {
    /// Files of orders: kept between preview and confirmation, then what came of them.
    imports (id) {
        id -> Int8,
        file_name -> Text,
        /// Null: each line by the shipping rules.
        warehouse_id -> Nullable<Int8>,
        channel -> Text,
        creates_products -> Bool,
        /// Orders are imported without their refused lines, instead of being left out.
        without_refused -> Bool,
        state -> Text,
        /// Imported orders; while previewed, those that would be.
        orders -> Int4,
        lines -> Int4,
        products -> Int4,
        refused -> Int4,
        /// Lines and documents that were not imported, as CSV, of files from before there were rows.
        left_out -> Text,
        uploaded_by -> Nullable<Int8>,
        uploaded_at -> Timestamptz,
        applied_at -> Nullable<Timestamptz>,
        /// Orders and lines that are cancelled, refunded or completed are imported too, instead of being left out.
        with_closed -> Bool,
        /// Counts how often it was asked to be read; who reads for an earlier one gives up.
        reading -> Int4,
        /// How often its present reading was begun.
        tries -> Int4,
        /// Lines of the file that say anything.
        file_lines -> Int4,
        /// Of these, how many are read.
        lines_read -> Int4,
        /// What its page says beside rows, as JSON; null until it is read.
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    /// Checks of everything that must always be true. Append-only.
    integrity_runs (id) {
        id -> Int8,
        at -> Timestamptz,
        /// Who asked for it; null: the command line.
        user_id -> Nullable<Int8>,
        /// Rows that were not as they must be.
        found -> Int4,
        /// The first of them, a line each.
        findings -> Text,
    }
}

diesel::table! {
    /// What a kit is made of. No kit stands in a kit.
    kit_parts (kit_id, part_id) {
        kit_id -> Int8,
        part_id -> Int8,
        /// Units of the part in one kit.
        quantity -> Int4,
        /// Always kit: what has parts is one.
        kit_kind -> Text,
        /// Always simple: a part is none.
        part_kind -> Text,
    }
}

diesel::table! {
    /// Balance per warehouse and product; the row a change locks first, by warehouse and product ascending.
    levels (warehouse_id, product_id) {
        warehouse_id -> Int8,
        product_id -> Int8,
        /// Sum of movements in less out.
        on_hand -> Int4,
        /// Sum of demand.reserved.
        reserved -> Int4,
        /// Sum of demand.to_ship.
        to_ship -> Int4,
        /// Sum of supply.quantity.
        incoming -> Int4,
        /// Null: the default of the warehouse.
        warning_level -> Nullable<Int4>,
        ideal_level -> Nullable<Int4>,
        /// The warning level in force: its own, or the default of the warehouse.
        warning -> Int4,
        /// The ideal level in force: its own, or the default of the warehouse.
        ideal -> Int4,
        /// Units that orders wait for and that do not lie there.
        backorder_need -> Int4,
        /// Units up to the ideal level, where less is available than the warning level.
        low_stock_need -> Int4,
        /// Units that orders wait for and that are not on their way either.
        minimum -> Int4,
        /// When units left last; before any did, when the first came.
        left_at -> Nullable<Timestamptz>,
        /// The bin it is put away into first; null: any.
        usual_location_id -> Nullable<Int8>,
        /// Units that a picker did not find: they stand in the books beside on_hand, and are given to nobody until they are counted or written off.
        doubted -> Int4,
    }
}

diesel::table! {
    /// Bins: where in a warehouse goods lie.
    locations (id) {
        id -> Int8,
        warehouse_id -> Int8,
        /// What stands on the bin.
        code -> Text,
        /// What a scanner reads off it.
        barcode -> Text,
        /// dock: where goods arrive. quarantine: what lies there is not usable, and not on hand.
        kind -> Text,
        /// May be empty.
        zone -> Text,
        /// The lowest is passed first.
        walk -> Int4,
        /// Units it is made for; null: not said. More can lie there.
        capacity -> Nullable<Int4>,
        is_active -> Bool,
        created_at -> Timestamptz,
        /// Raised by every edit; a form made from an older version is told what changed.
        version -> Int4,
    }
}

diesel::table! {
    mail_attachments (id) {
        id -> Int8,
        mail_id -> Int8,
        name -> Text,
        content_type -> Text,
        content -> Bytea,
    }
}

diesel::table! {
    /// Outgoing mail. Rendered when it is queued, so what was promised is what is sent.
    mails (id) {
        id -> Int8,
        record_kind -> Nullable<Text>,
        record_id -> Nullable<Int8>,
        /// Addresses, separated by commas.
        recipients -> Text,
        sender -> Text,
        reply_to -> Nullable<Text>,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        /// queued: waits for its next try. sent: accepted by the mail server. failed: given up, can be sent again. kept: no mail server is configured, readable here only.
        state -> Text,
        tries -> Int4,
        next_try_at -> Timestamptz,
        last_error -> Nullable<Text>,
        queued_by -> Nullable<Int8>,
        queued_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        /// Only its recipient may read it: it is shown to nobody, and its text is forgotten when it has left.
        is_secret -> Bool,
    }
}

diesel::table! {
    /// What leaves a warehouse with a carrier on a day. At most one is open for each; what leaves after it was closed stands on the next.
    manifests (id) {
        id -> Int8,
        number -> Text,
        warehouse_id -> Int8,
        /// Of the company.
        day -> Date,
        /// As it was called then; empty: nobody said who carries them.
        carrier -> Text,
        carrier_id -> Nullable<Int8>,
        created_at -> Timestamptz,
        /// The driver signed: no parcel joins it, and none is taken back.
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Int8>,
    }
}

diesel::table! {
    /// The only way stock changes. Append-only: a mistake is corrected by the opposite movement.
    movements (id) {
        id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
        /// Whose usable stock it left; null: it was not usable stock before, or came from outside.
        from_warehouse_id -> Nullable<Int8>,
        /// Whose usable stock it joined; null: it is not usable stock any more, or left.
        to_warehouse_id -> Nullable<Int8>,
        reason -> Text,
        reception_id -> Nullable<Int8>,
        shipment_id -> Nullable<Int8>,
        note -> Text,
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
        /// Why it moved; null: before decisions were kept, when nobody gained or lost by it.
        decision_id -> Nullable<Int8>,
        transfer_id -> Nullable<Int8>,
        /// Units on hand where it left, right after it.
        from_level -> Nullable<Int4>,
        /// Units on hand where it came to, right after it.
        to_level -> Nullable<Int4>,
        /// The movement that was a mistake, of which it is the opposite.
        corrects_id -> Nullable<Int8>,
        /// The bin it was taken from; null: none, or the warehouse had none.
        from_location_id -> Nullable<Int8>,
        /// The bin it was put into; null: none, or the warehouse had none.
        to_location_id -> Nullable<Int8>,
        /// The count that found it.
        count_id -> Nullable<Int8>,
        /// The return that brought it.
        return_id -> Nullable<Int8>,
    }
}

diesel::table! {
    /// What an order holds beside its goods: postage, discounts, services.
    order_amounts (id) {
        id -> Int8,
        order_id -> Int8,
        name -> Text,
        /// In ten-thousandths of the currency of the order; below zero for a discount. In the total of the order.
        amount -> Int8,
    }
}

diesel::table! {
    order_lines (id) {
        id -> Int8,
        order_id -> Int8,
        line_number -> Int4,
        product_id -> Int8,
        /// The warehouse that ships it.
        warehouse_id -> Int8,
        ordered -> Int4,
        shipped -> Int4,
        cancelled -> Int4,
        unit_price -> Int8,
        /// The rule that chose the warehouse, in words, as it was then; empty: somebody chose it.
        routed_by -> Text,
        /// Of those that were shipped, units that came back.
        returned -> Int4,
        /// Asks for its parts, a line for each; nothing of the kit itself is reserved or shipped.
        is_kit -> Bool,
        /// The line of the kit it is a part of; its price is there.
        kit_line_id -> Nullable<Int8>,
        /// Units of it in one kit, as sold.
        per_kit -> Nullable<Int4>,
        /// Lines that make a set together with it; null: it is no part, or the sets were broken.
        parts_in_kit -> Nullable<Int2>,
        /// When the sets of a kit were broken: its parts ship by the unit since.
        broken_at -> Nullable<Timestamptz>,
        /// Why; empty: they were not.
        broken_because -> Text,
    }
}

diesel::table! {
    orders (id) {
        id -> Int8,
        /// What people call it: SO-000123, or the number of the shop it came from.
        number -> Text,
        external_reference -> Text,
        customer_id -> Int8,
        ship_to -> Text,
        country -> Text,
        currency -> Text,
        placed_at -> Timestamptz,
        priority -> Text,
        required_by -> Nullable<Date>,
        shipping_policy -> Text,
        shipping_method -> Text,
        /// open until nothing is left to ship. shipped: closed with something shipped. cancelled: closed with nothing shipped.
        status -> Text,
        held_at -> Nullable<Timestamptz>,
        hold_reason -> Text,
        /// Sum of ordered less cancelled units times price, and of its amounts, ten-thousandths of the currency.
        total -> Int8,
        note -> Text,
        /// Raised by every edit; a form made from an older version is refused.
        version -> Int4,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        channel_id -> Int8,
        /// The address it was placed with, where letters about it go; empty: that of its customer.
        email -> Text,
    }
}

diesel::table! {
    /// What notes and tasks are about; the first is the usual one.
    organizer_categories (id) {
        id -> Int8,
        name -> Text,
        position -> Int4,
    }
}

diesel::table! {
    /// The last day of the company on which somebody was told all at once.
    organizer_digests (user_id) {
        user_id -> Int8,
        day -> Date,
    }
}

diesel::table! {
    /// Notes and tasks, on a record or on none.
    organizer_entries (id) {
        id -> Int8,
        kind -> Text,
        /// What it is about, in a few words.
        label -> Text,
        text -> Text,
        category_id -> Int8,
        priority_id -> Int8,
        /// Of a task; null: a note.
        status_id -> Nullable<Int8>,
        /// A day of the company.
        due_on -> Nullable<Date>,
        assignee_id -> Nullable<Int8>,
        /// Null: it is about no record.
        record_kind -> Nullable<Text>,
        record_id -> Nullable<Int8>,
        /// The papers it is printed on.
        print_on -> Array<Nullable<Text>>,
        /// It is to be read before something is done to its record.
        warns -> Bool,
        /// Null: Backfill itself.
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        changed_at -> Timestamptz,
        /// Since when its status is one of done ones.
        done_at -> Nullable<Timestamptz>,
        /// Since when it is removed.
        archived_at -> Nullable<Timestamptz>,
        /// Goes up with every change.
        version -> Int4,
        /// The due day its assignee was told of; another one is told anew.
        due_told_on -> Nullable<Date>,
    }
}

diesel::table! {
    /// Whom notes and tasks name in their text.
    organizer_mentions (entry_id, written) {
        entry_id -> Int8,
        /// As it stands there, such as @Ada.
        written -> Text,
        user_id -> Int8,
    }
}

diesel::table! {
    /// How much notes and tasks matter.
    organizer_priorities (id) {
        id -> Int8,
        name -> Text,
        /// The highest first.
        rank -> Int4,
        /// The colour of its word.
        tone -> Text,
        /// Of new entries; one is.
        is_usual -> Bool,
    }
}

diesel::table! {
    /// Who has read which notes that warn, as they were last.
    organizer_reads (entry_id, user_id) {
        entry_id -> Int8,
        user_id -> Int8,
        /// Of the entry, as it was read; another one is to be read again.
        version -> Int4,
        read_at -> Timestamptz,
    }
}

diesel::table! {
    /// How far tasks are; new ones have the first that is not done.
    organizer_statuses (id) {
        id -> Int8,
        name -> Text,
        position -> Int4,
        /// The colour of its word.
        tone -> Text,
        /// Nothing is left to do.
        is_done -> Bool,
    }
}

diesel::table! {
    /// Who is to be told by mail of which note or task.
    organizer_tellings (id) {
        id -> Int8,
        entry_id -> Int8,
        user_id -> Int8,
        why -> Text,
        /// Who assigned it or named them; null: Backfill itself.
        told_by -> Nullable<Int8>,
        noted_at -> Timestamptz,
        /// Null: not yet.
        told_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// What a parcel leaves in, numbered from 1: one package, or several.
    packages (shipment_id, number) {
        shipment_id -> Int8,
        number -> Int4,
        /// Grams; null: nobody weighed it.
        weight -> Nullable<Int4>,
        /// Millimetres, like width and height.
        length -> Nullable<Int4>,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        tracking_number -> Text,
    }
}

diesel::table! {
    /// Links to choose a new password with, by mail.
    password_links (id) {
        id -> Int8,
        /// Null: asked for an account that is none; it counts for the address.
        user_id -> Nullable<Int8>,
        /// SHA-256 of what the link holds.
        token_hash -> Bytea,
        address -> Text,
        asked_at -> Timestamptz,
        /// It opens no more: it was used, or the password was changed since.
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// What somebody looked at last in order preparation.
    preparation_choices (user_id) {
        user_id -> Int8,
        warehouse_id -> Int8,
        /// Whose parcels: me, the id of a user, or empty for those of anybody.
        operator -> Text,
    }
}

diesel::table! {
    /// What a product looks like, in JPEG.
    product_pictures (product_id) {
        product_id -> Int8,
        /// Stands for the content: other content has another mark.
        mark -> Text,
        /// For lists, at most 96 pixels on a side.
        small -> Bytea,
        /// For the page of the product, at most 960 pixels on a side.
        large -> Bytea,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    products (id) {
        id -> Int8,
        /// Upper case: 85123a and 85123A are one product.
        sku -> Text,
        name -> Text,
        kind -> Text,
        /// Selling price without tax, ten-thousandths of the company currency.
        price -> Int8,
        /// Of one unit; 0: not known. What a kit weighs is what its parts do.
        weight_grams -> Int4,
        note -> Text,
        archived_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// What a decision changed about the expected date of a waiting line. Append-only.
    promise_entries (order_line_id, decision_id) {
        order_line_id -> Int8,
        decision_id -> Int8,
        /// Null: its last missing unit was not on order.
        old_on -> Nullable<Date>,
        /// Null: its last missing unit is not on order.
        new_on -> Nullable<Date>,
    }
}

diesel::table! {
    purchase_order_lines (id) {
        id -> Int8,
        purchase_order_id -> Int8,
        line_number -> Int4,
        product_id -> Int8,
        supplier_sku -> Text,
        ordered -> Int4,
        /// May exceed ordered: a delivery over the order is a recorded reception.
        received -> Int4,
        cancelled -> Int4,
        unit_price -> Int8,
        /// When the buyer expects the line; null: as the order.
        expected_on -> Nullable<Date>,
        /// When the supplier says the line comes; null: as the order.
        confirmed_on -> Nullable<Date>,
        /// The day it was sent and the lead time of the product as it was then; null: that of the supplier counts.
        lead_due_on -> Nullable<Date>,
    }
}

diesel::table! {
    purchase_orders (id) {
        id -> Int8,
        number -> Text,
        supplier_id -> Int8,
        warehouse_id -> Int8,
        status -> Text,
        /// When the buyer expects it.
        expected_on -> Nullable<Date>,
        /// When the supplier says it comes; it goes before every expected_on.
        confirmed_on -> Nullable<Date>,
        currency -> Text,
        /// What one unit of the currency is worth, in millionths of the company currency. Null: not said yet.
        rate -> Nullable<Int8>,
        shipping_cost -> Int8,
        /// Printed for the supplier to read.
        supplier_comment -> Text,
        internal_note -> Text,
        version -> Int4,
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        /// The day it was sent and the lead time of the supplier as it was then; null: not sent yet.
        lead_due_on -> Nullable<Date>,
        /// What has not arrived is not to come, nor what a reversal takes back out.
        rest_cancelled -> Bool,
    }
}

diesel::table! {
    reception_lines (id) {
        id -> Int8,
        reception_id -> Int8,
        purchase_order_line_id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
    }
}

diesel::table! {
    /// Receptions that were mistakes, in part or whole. Append-only.
    reception_reversals (id) {
        id -> Int8,
        reception_id -> Int8,
        reason -> Text,
        reversed_by -> Nullable<Int8>,
        reversed_at -> Timestamptz,
    }
}

diesel::table! {
    receptions (id) {
        id -> Int8,
        number -> Text,
        purchase_order_id -> Int8,
        warehouse_id -> Int8,
        note -> Text,
        received_by -> Nullable<Int8>,
        received_at -> Timestamptz,
    }
}

diesel::table! {
    /// Each takes the place of one code of a phone that was lost.
    recovery_codes (user_id, code_hash) {
        user_id -> Int8,
        code_hash -> Bytea,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// What a buyer typed on the replenishment page and has not ordered yet.
    replenishment_choices (user_id, warehouse_id, product_id) {
        user_id -> Int8,
        warehouse_id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
        /// Units on hand, incoming and drafted, less those that orders ask for, as the page showed them. Null: not known.
        cover -> Nullable<Int4>,
    }
}

diesel::table! {
    /// What a decision changed about the reserved units of a line: these add up to demand.reserved. Append-only.
    reservation_entries (order_line_id, decision_id) {
        order_line_id -> Int8,
        decision_id -> Int8,
        change -> Int4,
    }
}

diesel::table! {
    /// Units of one order line in a return. Until it is received, good units are those that were scanned so far.
    return_lines (return_id, order_line_id) {
        return_id -> Int8,
        order_line_id -> Int8,
        /// Units the customer said would come; none of what was only found.
        announced -> Int4,
        /// Units that can be sold again.
        good -> Int4,
        /// Units that cannot.
        damaged -> Int4,
        /// Units that should have been in the parcel and were not: they did not come back.
        missing -> Int4,
        reason -> Text,
        /// The bin that good units go into; null: the dock, or the warehouse has no bins.
        location_id -> Nullable<Int8>,
    }
}

diesel::table! {
    /// What a customer sends back of an order.
    returns (id) {
        id -> Int8,
        number -> Text,
        order_id -> Int8,
        /// Where it is received, and its good units go.
        warehouse_id -> Int8,
        status -> Text,
        /// About it, in words; may be empty.
        note -> Text,
        /// The order that sends the customer others; null: none does.
        replacement_order_id -> Nullable<Int8>,
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        received_by -> Nullable<Int8>,
        received_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Units that a reversal took back out: of a reception line never more than it brought. Append-only.
    reversal_lines (reversal_id, reception_line_id) {
        reversal_id -> Int8,
        reception_line_id -> Int8,
        quantity -> Int4,
    }
}

diesel::table! {
    /// For which parcels a scan counted; one of a case may fill several.
    scan_lines (scan_id, shipment_line_id) {
        scan_id -> Int8,
        shipment_line_id -> Int8,
        units -> Int4,
    }
}

diesel::table! {
    /// What was scanned on the floor, also what was refused.
    scans (id) {
        id -> Int8,
        stage -> Text,
        warehouse_id -> Int8,
        batch_id -> Nullable<Int8>,
        shipment_id -> Nullable<Int8>,
        code -> Text,
        /// Counted, refused, opened what comes next (a bin, a parcel), or said to be short.
        outcome -> Text,
        /// What the floor was told.
        answer -> Text,
        product_id -> Nullable<Int8>,
        units -> Int4,
        location_id -> Nullable<Int8>,
        /// Into which package of the parcel it was packed.
        package -> Nullable<Int4>,
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
        undone_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Who is signed in, and was: what the cookie of a browser opens.
    sessions (id) {
        id -> Int8,
        /// SHA-256 of what the cookie holds.
        token_hash -> Bytea,
        user_id -> Int8,
        began_at -> Timestamptz,
        /// When somebody last asked for something by hand, to the minute.
        seen_at -> Timestamptz,
        address -> Text,
        browser -> Text,
        /// Signed out, or ended by its owner or an admin; null: it counts until it is too old.
        ended_at -> Nullable<Timestamptz>,
        /// The password was right, and a second factor is missing: it opens nothing yet.
        waits_for_code -> Bool,
    }
}

diesel::table! {
    shipment_lines (id) {
        id -> Int8,
        shipment_id -> Int8,
        order_line_id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
        /// Of its units, those that were taken off the shelves.
        picked -> Int4,
        /// Of these, those that are in a package.
        packed -> Int4,
    }
}

diesel::table! {
    /// Parcels: to pick, picked, packed, shipped. An order is in preparation once per warehouse.
    shipments (id) {
        id -> Int8,
        number -> Text,
        order_id -> Int8,
        warehouse_id -> Int8,
        status -> Text,
        operator_id -> Nullable<Int8>,
        carrier -> Text,
        tracking_number -> Text,
        created_at -> Timestamptz,
        picked_at -> Nullable<Timestamptz>,
        packed_at -> Nullable<Timestamptz>,
        shipped_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        /// Who carries it, if that is one of ours; their name then stands beside it as it was.
        carrier_id -> Nullable<Int8>,
        /// What it left on; null: it has not left, or left before there were any.
        manifest_id -> Nullable<Int8>,
        /// When a mail that it left was queued for its customer: there is one, however often it leaves.
        told_at -> Nullable<Timestamptz>,
        batch_id -> Nullable<Int8>,
        /// Its place on the cart of its batch; 0 is A.
        slot -> Nullable<Int4>,
        /// Who has it open at a packing desk, and nobody else then; a person has one at most.
        packer_id -> Nullable<Int8>,
        packing_since -> Nullable<Timestamptz>,
        /// Since when its order stood in its tab when it was taken into preparation; null: nobody kept it.
        ready_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Which carrier takes orders that are sent in a way, as orders write it.
    shipping_methods (name) {
        name -> Text,
        carrier_id -> Int8,
    }
}

diesel::table! {
    /// The warehouses a rule looks at, in its order.
    shipping_rule_warehouses (rule_id, position) {
        rule_id -> Int8,
        position -> Int4,
        warehouse_id -> Int8,
    }
}

diesel::table! {
    /// Which warehouse ships a line that names none: the first rule that reaches it and finds one. What is empty or null reaches all.
    shipping_rules (id) {
        id -> Int8,
        position -> Int4,
        /// As orders write it, without case; several are parted by commas.
        country -> Text,
        shipping_method -> Text,
        channel_id -> Nullable<Int8>,
        product_id -> Nullable<Int8>,
        /// Of products whose primary supplier it is.
        supplier_id -> Nullable<Int8>,
        way -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// A picker found fewer units than the books say: the place is to be counted. Append-only.
    shortages (id) {
        id -> Int8,
        warehouse_id -> Int8,
        product_id -> Int8,
        /// The bin; null: the warehouse had none.
        location_id -> Nullable<Int8>,
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
        /// How many fewer; null: nobody said.
        units -> Nullable<Int4>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    /// Sign-ins that failed, or are being checked, to slow down guessing.
    sign_in_attempts (id) {
        id -> Int8,
        account -> Text,
        address -> Text,
        attempted_at -> Timestamptz,
        /// The browser, where it signed in to that account before.
        browser_hash -> Nullable<Bytea>,
        /// Null: its password is being checked; it counts as failed when that takes too long.
        failed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Browsers that signed in as somebody before: the failures of strangers do not hold them up.
    sign_in_browsers (user_id, token_hash) {
        /// SHA-256 of what a cookie of its own holds.
        token_hash -> Bytea,
        user_id -> Int8,
        signed_in_at -> Timestamptz,
    }
}

diesel::table! {
    /// How long sessions last: one row.
    sign_in_rules (id) {
        id -> Int4,
        /// A session nobody uses ends after so many.
        idle_hours -> Int4,
        /// Every session ends after so many.
        longest_days -> Int4,
        /// Whoever has this role or a higher one needs a second factor; null: nobody does.
        second_factor_from -> Nullable<Text>,
    }
}

diesel::table! {
    /// Files of levels and counted units, or of kits: kept between preview and confirmation, then what came of them.
    stock_files (id) {
        id -> Int8,
        file_name -> Text,
        /// The file as it was uploaded; emptied when nothing more can be done with it.
        content -> Bytea,
        state -> Text,
        /// Figures, or kits, that were changed; while previewed, those that would be.
        changes -> Int4,
        refused -> Int4,
        uploaded_by -> Nullable<Int8>,
        uploaded_at -> Timestamptz,
        applied_at -> Nullable<Timestamptz>,
        /// levels: levels and counted units. kits: what kits are packed of.
        what -> Text,
    }
}

diesel::table! {
    supplier_products (id) {
        id -> Int8,
        supplier_id -> Int8,
        product_id -> Int8,
        supplier_sku -> Text,
        /// Buying price, ten-thousandths of the currency of the supplier.
        price -> Int8,
        /// MOQ, whole units.
        minimum_quantity -> Int4,
        pack_size -> Int4,
        /// Null: the lead time of the supplier.
        lead_time_days -> Nullable<Int4>,
        is_primary -> Bool,
    }
}

diesel::table! {
    suppliers (id) {
        id -> Int8,
        code -> Text,
        name -> Text,
        contact_name -> Text,
        /// Addresses purchase orders go to, separated by commas.
        emails -> Text,
        phone -> Text,
        address -> Text,
        language -> Text,
        currency -> Text,
        lead_time_days -> Int4,
        /// In the currency of the supplier.
        minimum_order -> Int8,
        /// Orders of this value or more are delivered free; null: unknown.
        carriage_free_from -> Nullable<Int8>,
        note -> Text,
        archived_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// What is on its way: lines of sent purchase orders, and of transfers under way, with units still to come.
    supply (id) {
        id -> Int8,
        /// What brings it: this line of a purchase order, or a line of a transfer.
        purchase_order_line_id -> Nullable<Int8>,
        purchase_order_id -> Nullable<Int8>,
        warehouse_id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
        due_on -> Date,
        transfer_line_id -> Nullable<Int8>,
        transfer_id -> Nullable<Int8>,
    }
}

diesel::table! {
    /// When a waiting line comes, as its customer was told last.
    told_dates (order_line_id) {
        order_line_id -> Int8,
        /// Null: that no day is known.
        told_on -> Nullable<Date>,
        told_at -> Timestamptz,
    }
}

diesel::table! {
    /// One product on a transfer. Of what was sent, all that is not received, lost or called back is under way.
    transfer_lines (id) {
        id -> Int8,
        transfer_id -> Int8,
        line_number -> Int4,
        product_id -> Int8,
        /// Units to send; once the transfer is sent, units that were.
        quantity -> Int4,
        /// Units that arrived.
        received -> Int4,
        /// Units that were written off: the sum of transfer_losses.
        lost -> Int4,
        /// Units that lie again where they came from.
        called_back -> Int4,
        /// Units that were scanned for what comes next: picked before they are sent, then taken in before they are received.
        scanned -> Int4,
    }
}

diesel::table! {
    /// Units that were lost under way, where they lie nowhere and so move nowhere. Append-only.
    transfer_losses (id) {
        id -> Int8,
        transfer_line_id -> Int8,
        quantity -> Int4,
        reason -> Text,
        user_id -> Nullable<Int8>,
        at -> Timestamptz,
    }
}

diesel::table! {
    /// Goods that go from one warehouse to another.
    transfers (id) {
        id -> Int8,
        number -> Text,
        from_warehouse_id -> Int8,
        to_warehouse_id -> Int8,
        status -> Text,
        /// When they arrive; null: a draft that says no day.
        expected_on -> Nullable<Date>,
        note -> Text,
        version -> Int4,
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        /// Since when nothing is under way or to be sent.
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Units of waiting lines that are served at another place in the queue than their line. They go with the line.
    turns (id) {
        id -> Int8,
        hand_move_id -> Int8,
        order_line_id -> Int8,
        units -> Int4,
        pinned_at -> Nullable<Timestamptz>,
        priority_rank -> Int2,
        required_by -> Date,
        placed_at -> Timestamptz,
        /// With the columns beside it, the place in the queue at which they are served.
        order_id -> Int8,
        line_number -> Int4,
    }
}

diesel::table! {
    /// Where somebody may do more than their role, or less.
    user_rights (user_id, name) {
        user_id -> Int8,
        name -> Text,
        is_given -> Bool,
    }
}

diesel::table! {
    /// The warehouses a user is limited to; without any, a user sees and touches all of them.
    user_warehouses (user_id, warehouse_id) {
        user_id -> Int8,
        warehouse_id -> Int8,
    }
}

diesel::table! {
    /// Who may sign in.
    users (id) {
        id -> Int8,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        disabled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        /// When they are told by mail of tasks that are theirs and of notes that name them.
        organizer_mail -> Text,
        /// The secret their phone has as well, encrypted; null: a password is enough.
        totp_sealed -> Nullable<Text>,
        totp_since -> Nullable<Timestamptz>,
        /// Of the last code that was used: no code is used twice.
        totp_step -> Int8,
    }
}

diesel::table! {
    warehouses (id) {
        id -> Int8,
        code -> Text,
        name -> Text,
        /// A supplier's goods ship through a transfer only; no order takes what is set aside; what is defective is neither sold nor needed.
        kind -> Text,
        is_active -> Bool,
        is_primary -> Bool,
        ships_orders -> Bool,
        counts_for_selling -> Bool,
        in_supply_needs -> Bool,
        /// Of products that have no level of their own here.
        default_warning_level -> Int4,
        default_ideal_level -> Int4,
        /// Every unit lies in a bin, and every movement says in which.
        uses_locations -> Bool,
        allocation_policy -> Text,
        /// Under complete_first: an order that waited this many days may collect stock.
        collect_after_days -> Int4,
        address -> Text,
        created_at -> Timestamptz,
        /// Which bins parcels take from first: in the order of the walk, those with the fewest units left, or those filled first.
        pick_by -> Text,
    }
}

diesel::joinable!(audit_trail -> users (user_id));
diesel::joinable!(barcodes -> products (product_id));
diesel::joinable!(batches -> users (operator_id));
diesel::joinable!(batches -> warehouses (warehouse_id));
diesel::joinable!(bin_holds -> order_lines (order_line_id));
diesel::joinable!(consignment_counts -> warehouses (warehouse_id));
diesel::joinable!(consignments -> orders (order_id));
diesel::joinable!(count_lines -> products (product_id));
diesel::joinable!(count_lines -> users (counted_by));
diesel::joinable!(count_scans -> count_lines (count_line_id));
diesel::joinable!(count_scans -> users (user_id));
diesel::joinable!(counts -> users (created_by));
diesel::joinable!(counts -> warehouses (warehouse_id));
diesel::joinable!(customers -> channels (channel_id));
diesel::joinable!(decisions -> receptions (reception_id));
diesel::joinable!(decisions -> users (user_id));
diesel::joinable!(demand -> order_lines (order_line_id));
diesel::joinable!(demand -> orders (order_id));
diesel::joinable!(hand_moves -> users (user_id));
diesel::joinable!(history -> users (user_id));
diesel::joinable!(import_left_out -> imports (import_id));
diesel::joinable!(import_orders -> imports (import_id));
diesel::joinable!(import_pieces -> imports (import_id));
diesel::joinable!(import_products -> imports (import_id));
diesel::joinable!(imports -> users (uploaded_by));
diesel::joinable!(imports -> warehouses (warehouse_id));
diesel::joinable!(integrity_runs -> users (user_id));
diesel::joinable!(levels -> products (product_id));
diesel::joinable!(levels -> warehouses (warehouse_id));
diesel::joinable!(locations -> warehouses (warehouse_id));
diesel::joinable!(mail_attachments -> mails (mail_id));
diesel::joinable!(mails -> users (queued_by));
diesel::joinable!(manifests -> carriers (carrier_id));
diesel::joinable!(manifests -> users (closed_by));
diesel::joinable!(manifests -> warehouses (warehouse_id));
diesel::joinable!(movements -> counts (count_id));
diesel::joinable!(movements -> products (product_id));
diesel::joinable!(movements -> receptions (reception_id));
diesel::joinable!(movements -> returns (return_id));
diesel::joinable!(movements -> shipments (shipment_id));
diesel::joinable!(movements -> transfers (transfer_id));
diesel::joinable!(movements -> users (user_id));
diesel::joinable!(order_amounts -> orders (order_id));
diesel::joinable!(order_lines -> orders (order_id));
diesel::joinable!(order_lines -> products (product_id));
diesel::joinable!(order_lines -> warehouses (warehouse_id));
diesel::joinable!(orders -> channels (channel_id));
diesel::joinable!(orders -> customers (customer_id));
diesel::joinable!(organizer_digests -> users (user_id));
diesel::joinable!(organizer_entries -> organizer_categories (category_id));
diesel::joinable!(organizer_entries -> organizer_priorities (priority_id));
diesel::joinable!(organizer_entries -> organizer_statuses (status_id));
diesel::joinable!(organizer_mentions -> organizer_entries (entry_id));
diesel::joinable!(organizer_mentions -> users (user_id));
diesel::joinable!(organizer_reads -> organizer_entries (entry_id));
diesel::joinable!(organizer_reads -> users (user_id));
diesel::joinable!(organizer_tellings -> organizer_entries (entry_id));
diesel::joinable!(packages -> shipments (shipment_id));
diesel::joinable!(password_links -> users (user_id));
diesel::joinable!(preparation_choices -> users (user_id));
diesel::joinable!(preparation_choices -> warehouses (warehouse_id));
diesel::joinable!(product_pictures -> products (product_id));
diesel::joinable!(purchase_order_lines -> products (product_id));
diesel::joinable!(purchase_order_lines -> purchase_orders (purchase_order_id));
diesel::joinable!(purchase_orders -> suppliers (supplier_id));
diesel::joinable!(purchase_orders -> users (created_by));
diesel::joinable!(purchase_orders -> warehouses (warehouse_id));
diesel::joinable!(reception_lines -> products (product_id));
diesel::joinable!(reception_lines -> purchase_order_lines (purchase_order_line_id));
diesel::joinable!(reception_lines -> receptions (reception_id));
diesel::joinable!(reception_reversals -> receptions (reception_id));
diesel::joinable!(reception_reversals -> users (reversed_by));
diesel::joinable!(receptions -> purchase_orders (purchase_order_id));
diesel::joinable!(receptions -> users (received_by));
diesel::joinable!(receptions -> warehouses (warehouse_id));
diesel::joinable!(recovery_codes -> users (user_id));
diesel::joinable!(replenishment_choices -> products (product_id));
diesel::joinable!(replenishment_choices -> users (user_id));
diesel::joinable!(replenishment_choices -> warehouses (warehouse_id));
diesel::joinable!(return_lines -> locations (location_id));
diesel::joinable!(return_lines -> order_lines (order_line_id));
diesel::joinable!(return_lines -> returns (return_id));
diesel::joinable!(returns -> warehouses (warehouse_id));
diesel::joinable!(reversal_lines -> reception_lines (reception_line_id));
diesel::joinable!(reversal_lines -> reception_reversals (reversal_id));
diesel::joinable!(scan_lines -> scans (scan_id));
diesel::joinable!(scan_lines -> shipment_lines (shipment_line_id));
diesel::joinable!(scans -> batches (batch_id));
diesel::joinable!(scans -> locations (location_id));
diesel::joinable!(scans -> products (product_id));
diesel::joinable!(scans -> shipments (shipment_id));
diesel::joinable!(scans -> users (user_id));
diesel::joinable!(scans -> warehouses (warehouse_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(shipment_lines -> order_lines (order_line_id));
diesel::joinable!(shipment_lines -> products (product_id));
diesel::joinable!(shipment_lines -> shipments (shipment_id));
diesel::joinable!(shipments -> batches (batch_id));
diesel::joinable!(shipments -> carriers (carrier_id));
diesel::joinable!(shipments -> manifests (manifest_id));
diesel::joinable!(shipments -> orders (order_id));
diesel::joinable!(shipments -> warehouses (warehouse_id));
diesel::joinable!(shipping_methods -> carriers (carrier_id));
diesel::joinable!(shipping_rule_warehouses -> shipping_rules (rule_id));
diesel::joinable!(shipping_rule_warehouses -> warehouses (warehouse_id));
diesel::joinable!(shipping_rules -> channels (channel_id));
diesel::joinable!(shipping_rules -> products (product_id));
diesel::joinable!(shipping_rules -> suppliers (supplier_id));
diesel::joinable!(shortages -> users (user_id));
diesel::joinable!(sign_in_browsers -> users (user_id));
diesel::joinable!(stock_files -> users (uploaded_by));
diesel::joinable!(supplier_products -> products (product_id));
diesel::joinable!(supplier_products -> suppliers (supplier_id));
diesel::joinable!(supply -> purchase_order_lines (purchase_order_line_id));
diesel::joinable!(supply -> purchase_orders (purchase_order_id));
diesel::joinable!(supply -> transfer_lines (transfer_line_id));
diesel::joinable!(supply -> transfers (transfer_id));
diesel::joinable!(told_dates -> order_lines (order_line_id));
diesel::joinable!(transfer_lines -> products (product_id));
diesel::joinable!(transfer_lines -> transfers (transfer_id));
diesel::joinable!(transfer_losses -> transfer_lines (transfer_line_id));
diesel::joinable!(transfer_losses -> users (user_id));
diesel::joinable!(transfers -> users (created_by));
diesel::joinable!(turns -> demand (order_line_id));
diesel::joinable!(turns -> hand_moves (hand_move_id));
diesel::joinable!(turns -> orders (order_id));
diesel::joinable!(user_rights -> users (user_id));
diesel::joinable!(user_warehouses -> users (user_id));
diesel::joinable!(user_warehouses -> warehouses (warehouse_id));

diesel::allow_tables_to_appear_in_same_query!(
    audit_trail,
    barcodes,
    batches,
    bin_contents,
    bin_holds,
    carriers,
    channels,
    company,
    consignment_counts,
    consignments,
    count_lines,
    count_scans,
    counts,
    customers,
    decisions,
    demand,
    figures_by_day,
    hand_moves,
    handled_requests,
    history,
    import_left_out,
    import_orders,
    import_pieces,
    import_products,
    imports,
    integrity_runs,
    kit_parts,
    levels,
    locations,
    mail_attachments,
    mails,
    manifests,
    movements,
    order_amounts,
    order_lines,
    orders,
    organizer_categories,
    organizer_digests,
    organizer_entries,
    organizer_mentions,
    organizer_priorities,
    organizer_reads,
    organizer_statuses,
    organizer_tellings,
    packages,
    password_links,
    preparation_choices,
    product_pictures,
    products,
    promise_entries,
    purchase_order_lines,
    purchase_orders,
    reception_lines,
    reception_reversals,
    receptions,
    recovery_codes,
    replenishment_choices,
    reservation_entries,
    return_lines,
    returns,
    reversal_lines,
    scan_lines,
    scans,
    sessions,
    shipment_lines,
    shipments,
    shipping_methods,
    shipping_rule_warehouses,
    shipping_rules,
    shortages,
    sign_in_attempts,
    sign_in_browsers,
    sign_in_rules,
    stock_files,
    supplier_products,
    suppliers,
    supply,
    told_dates,
    transfer_lines,
    transfer_losses,
    transfers,
    turns,
    user_rights,
    user_warehouses,
    users,
    warehouses,
);
