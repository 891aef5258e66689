using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>What people do with messages: write, change, react, and be told.</summary>
internal sealed class MessageCommands(
    RoomChanges changes, MessageStore messages, MemberStore members, FileClaims files, Gatekeeper gate, TimeProvider time)
{
    private const int ReplayedAtMost = 200;

    private static readonly ChatRefusal NoText = new(
        ChatRefusal.Invalid, $"A message has 1 to {ChatRules.MaxTextLength} characters, none of them U+0000.");

    private static readonly ChatRefusal NoKey = new(
        ChatRefusal.Invalid,
        $"A message has a key of 1 to {ChatRules.MaxKeyLength} characters, none of them U+0000, by which it is known when it is sent again.");

    /// <summary>From now on the socket is told what happens in the room.</summary>
    public async Task<Reply> EnterAsync(ChatCaller caller, EnterRequest request)
    {
        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.Read, "read this room");
        var limit = Math.Clamp(request.Limit ?? (request.Since is null ? 0 : ReplayedAtMost), 0, ReplayedAtMost);
        var joined = await changes.EnterAsync(caller.Socket, standing.RoomId, request.Since, limit);

        // Whoever was put out between the question and the joining must not stay: they were told to leave too early.
        if (await members.RoleAsync(standing.RoomId, caller.Id) is null)
        {
            await caller.Socket.LeaveAsync(RoomChanges.KeyOf(standing.RoomId));
            throw ChatRefusal.NoSuchRoom;
        }

        return new Entered(joined.IsContinuous, joined.Position, await members.OfRoomAsync(standing.RoomId));
    }

    /// <summary>Adds a message. With a key that its sender has used in the room, it adds nothing.</summary>
    public async Task<Reply> SayAsync(ChatCaller caller, SayRequest request)
    {
        var fileIds = request.Files ?? [];
        if (!ChatRules.IsText(request.Text, fileIds.Count > 0))
        {
            throw NoText;
        }

        if (ChatRules.ReadKey(request.Key) is not { } key)
        {
            throw NoKey;
        }

        var standing = await gate.RequireVoiceAsync(caller, request.Room, "write in this room");
        var message = await ComposeAsync(caller, standing, request, key, fileIds);
        var change = new Change { Kind = Change.MessageSaid, Message = message };
        var position = await changes.PublishAsync(standing.RoomId, change, $"{caller.Id}:{key}");
        await files.LetGoUnlessCarriedAsync(standing.RoomId, position.Offset, message.Files);
        return new Said(position.Offset, message.At, position);
    }

    /// <summary>Changes one's own message.</summary>
    public async Task<Reply> EditAsync(ChatCaller caller, EditRequest request)
    {
        var standing = await gate.RequireVoiceAsync(caller, request.Room, "write in this room");
        var message = await FindAsync(standing, request.Id);
        if (message.AuthorId != caller.Id)
        {
            throw ChatRefusal.MayNot("change what somebody else has said");
        }

        if (!ChatRules.IsText(request.Text, message.Files is not null))
        {
            throw NoText;
        }

        var text = request.Text ?? "";
        await changes.PublishAsync(standing.RoomId, new Change
        {
            Kind = Change.Edited,
            Id = message.Id,
            Text = text,
            Mentions = await MentionsAsync(standing, text),
            By = caller.Id,
            At = Now,
        });
        return Reply.Done;
    }

    /// <summary>Deletes one's own message, or as a moderator another's. That there was one stays visible.</summary>
    public async Task<Reply> DeleteAsync(ChatCaller caller, MessageRequest request)
    {
        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.Read, "read this room");
        var message = await FindAsync(standing, request.Id);
        if (message.AuthorId != caller.Id && !AccessRules.May(standing, RoomAction.DeleteMessage))
        {
            throw ChatRefusal.MayNot("delete what somebody else has said");
        }

        await changes.PublishAsync(standing.RoomId, new Change { Kind = Change.Deleted, Id = message.Id, By = caller.Id, At = Now });
        return Reply.Done;
    }

    /// <summary>Adds a reaction, or takes it back.</summary>
    public async Task<Reply> ReactAsync(ChatCaller caller, ReactRequest request)
    {
        if (!ChatRules.IsEmoji(request.Emoji))
        {
            throw new ChatRefusal(ChatRefusal.Invalid, "A reaction is one emoji.");
        }

        var standing = await gate.RequireVoiceAsync(caller, request.Room, "react in this room");
        var message = await FindAsync(standing, request.Id);
        if (request.On && await messages.CountReactionsAsync(standing.RoomId, message.Id, request.Emoji!) >= ChatRules.MaxReactions)
        {
            throw new ChatRefusal(ChatRefusal.TooMany, $"A message has at most {ChatRules.MaxReactions} kinds of reactions.");
        }

        await changes.PublishAsync(standing.RoomId, new Change
        {
            Kind = request.On ? Change.Reacted : Change.Unreacted,
            Id = message.Id,
            Emoji = request.Emoji,
            By = caller.Id,
            At = Now,
        });
        return Reply.Done;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<MessageShape> ComposeAsync(
        ChatCaller caller, Standing standing, SayRequest request, string key, IReadOnlyList<string> fileIds)
    {
        var text = request.Text ?? "";
        return new MessageShape
        {
            By = caller.Id,
            At = Now,
            Text = text,
            Key = key,
            ReplyTo = request.ReplyTo is { } id && await messages.FindAsync(standing.RoomId, id) is { Notice: null } quoted ? quoted.AsQuote : null,
            Files = fileIds.Count > 0 ? await ClaimAsync(caller, standing, fileIds) : null,
            Mentions = await MentionsAsync(standing, text),
        };
    }

    private async Task<IReadOnlyList<FileShape>> ClaimAsync(ChatCaller caller, Standing standing, IReadOnlyList<string> ids)
    {
        if (ids.Count > ChatRules.MaxFiles)
        {
            throw new ChatRefusal(ChatRefusal.TooMany, $"A message has at most {ChatRules.MaxFiles} files.");
        }

        return await files.ClaimAsync(caller.Id, standing.RoomId, ids)
            ?? throw new ChatRefusal(ChatRefusal.NotFound, "One of the files is not there, or was sent elsewhere already. Upload it again.");
    }

    private async Task<IReadOnlyList<string>?> MentionsAsync(Standing standing, string text) =>
        text.Contains('@', StringComparison.Ordinal)
            ? MentionedPeople.In(text, await members.PeopleOfRoomAsync(standing.RoomId))
            : null;

    private async Task<MessageRow> FindAsync(Standing standing, long id) =>
        await messages.FindAsync(standing.RoomId, id) is { DeletedAt: null, Notice: null } found ? found : throw ChatRefusal.NoSuchMessage;
}
