using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>The chat page as people use it: real browser windows against the real program.</summary>
public sealed class ChatPageTests(ChatBrowser browser) : IClassFixture<ChatBrowser>, IAsyncLifetime
{
    private ChatHost _host = null!;

    public async Task InitializeAsync() => _host = await ChatHost.StartNewAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Two_people_meet_talk_and_see_each_other_come_and_go()
    {
        var ana = await EnterAsync("Ana");
        var ben = await EnterAsync("Ben");
        await ana.SeesAsync("Ben came in");
        await ana.SeesPeopleAsync("Ana", "Ben");
        await ben.SeesPeopleAsync("Ana", "Ben");

        await ana.SayAsync("Good morning!");
        await ben.SeesAsync("Good morning!");
        await ben.SayAsync("Good morning, Ana.");
        await ana.SeesAsync("Good morning, Ana.");
        await Expect(ana.Input).ToHaveValueAsync("");

        await ben.ButtonNamed("Leave room").ClickAsync();
        await ana.SeesAsync("Ben left");
        await ana.SeesPeopleAsync("Ana");
        await Expect(ben.Page.GetByText("You are in no room", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();

        Assert.Empty(ana.Complaints);
        Assert.Empty(ben.Complaints);
    }

    [Fact]
    public async Task Whoever_closes_the_window_has_left()
    {
        var ana = await EnterAsync("Ana");
        var ben = await EnterAsync("Ben");
        await ana.SeesPeopleAsync("Ana", "Ben");
        await ben.Page.Context.CloseAsync();

        // A window that is closed while it goes on from polling to WebSocket is missed by the heartbeat only.
        await ana.SeesInTheEndAsync("Ben left");
        await ana.SeesPeopleAsync("Ana");
    }

    [Fact]
    public async Task What_is_said_in_another_room_is_counted_and_not_mixed_in()
    {
        var ana = await EnterAsync("Ana");
        var ben = await EnterAsync("Ben");
        await ana.ButtonNamed("New room").ClickAsync();
        await ana.Page.GetByLabel("Name of the room").FillAsync("Release");
        await ana.ButtonNamed("Enter").ClickAsync();
        await Expect(ana.Heading).ToHaveTextAsync("#Release");

        // Ben learns of the room from the list, and writes its name as he likes.
        await ben.GoToAsync("Release");
        await ana.SeesPeopleAsync("Ana", "Ben");
        await ana.GoToAsync("lobby");
        await ben.SayAsync("Shall we?");
        await ben.SayAsync("Today?");

        await Expect(ana.Page).ToHaveTitleAsync("(2) lobby · AkkaChat");
        await Expect(ana.RoomInList("Release")).ToHaveAccessibleNameAsync("Release 2 unread");
        await Expect(ana.Log).Not.ToContainTextAsync("Shall we?");
        await ana.GoToAsync("Release");
        await ana.SeesAsync("Shall we?");
        await Expect(ana.Page).ToHaveTitleAsync("Release · AkkaChat");
    }

    [Fact]
    public async Task After_a_restart_of_the_server_both_are_back_in_their_rooms_and_talk_on()
    {
        var ana = await EnterAsync("Ana");
        var ben = await EnterAsync("Ben");
        await ana.GoToAsync("ideas");
        await ben.GoToAsync("ideas");
        await ana.SeesPeopleAsync("Ana", "Ben");

        await _host.KillAsync();
        await Expect(ana.Banner).ToContainTextAsync("Reconnecting…");
        await Expect(ben.Banner).ToContainTextAsync("Reconnecting…");
        await ana.SayAsync("I was about to say");
        await Expect(ana.Input).ToHaveValueAsync("I was about to say");

        await _host.StartAsync();
        await Expect(ana.Banner).ToContainTextAsync("Connected.");
        await ana.SeesPeopleAsync("Ana", "Ben");
        await ben.SeesPeopleAsync("Ana", "Ben");
        await ana.Input.PressAsync("Enter");
        await ben.SeesAsync("I was about to say");
        await ben.SayAsync("Go on.");
        await ana.SeesAsync("Go on.");
        await ana.GoToAsync("lobby");
        await ana.SeesPeopleAsync("Ana", "Ben");
    }

    [Fact]
    public async Task A_message_that_nobody_confirmed_is_shown_as_not_sent_and_can_be_sent_again()
    {
        var ana = await EnterAsync("Ana");
        var ben = await EnterAsync("Ben");
        await ana.SeesPeopleAsync("Ana", "Ben");

        await _host.FreezeAsync();
        await ana.SayAsync("Does this arrive?");
        await Expect(ana.Log.GetByText("Sending…")).ToBeVisibleAsync();
        await _host.KillAsync();
        await Expect(ana.Log.GetByText("Not sent: the server did not answer.")).ToBeVisibleAsync();

        await _host.StartAsync();
        await Expect(ana.Banner).ToContainTextAsync("Connected.");
        await Expect(ben.Banner).ToContainTextAsync("Connected.");
        await ana.SeesPeopleAsync("Ana", "Ben");
        await ana.ButtonNamed("Try again").ClickAsync();
        await ben.SeesAsync("Does this arrive?");
        await Expect(ana.Log.GetByText("Not sent")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Markup_is_shown_as_the_text_it_is()
    {
        string[] texts =
            ["""<img src=x onerror="window.hacked=1">""", "<script>window.hacked=1</script>", "javascript:window.hacked=1"];
        var ana = await EnterAsync("<b>Ana</b>");
        var ben = await EnterAsync("Ben");
        foreach (var text in texts)
        {
            await ana.SayAsync(text);
            await ben.SeesAsync(text);
        }

        await ben.SeesPeopleAsync("<b>Ana</b>", "Ben");
        Assert.Equal(0, await ben.Log.Locator("img, script, b, a").CountAsync());
        Assert.True(await ben.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.True(await ana.Page.EvaluateAsync<bool>("window.hacked === undefined"));
    }

    [Fact]
    public async Task A_taken_name_is_refused_in_words_and_free_again_after_logging_out()
    {
        var ana = await EnterAsync("Ana");
        var other = await browser.OpenAsync(_host.Url);
        await other.NameField.FillAsync(" ANA ");
        await other.NameField.PressAsync("Enter");
        await Expect(other.Page.GetByText("Somebody here is called ANA already.")).ToBeVisibleAsync();

        await ana.ButtonNamed("Log out").ClickAsync();
        await Expect(ana.NameField).ToBeVisibleAsync();
        await other.EnterAsync("ANA");
    }

    [Fact]
    public async Task A_reload_comes_back_to_the_same_rooms_under_the_same_name()
    {
        var ana = await EnterAsync("Ana");
        await ana.GoToAsync("help");
        await ana.Page.ReloadAsync();
        await Expect(ana.Heading).ToHaveTextAsync("#help");
        await ana.SeesPeopleAsync("Ana");
        await ana.GoToAsync("lobby");
        await ana.SeesPeopleAsync("Ana");
    }

    [Fact]
    public async Task A_duplicated_tab_takes_over_and_the_first_one_says_so()
    {
        var first = await EnterAsync("Ana");
        await first.SeesPeopleAsync("Ana");
        var session = await first.Page.EvaluateAsync<string>("sessionStorage.getItem('akkachat.session')");
        var second = new ChatWindow(await first.Page.Context.NewPageAsync());
        await second.Page.AddInitScriptAsync($"sessionStorage.setItem('akkachat.session', {System.Text.Json.JsonSerializer.Serialize(session)})");
        await second.Page.GotoAsync(_host.Url);

        await second.SeesPeopleAsync("Ana");
        await Expect(first.Banner).ToContainTextAsync("Open in another tab.");
        await first.ButtonNamed("Use it here").ClickAsync();
        await Expect(second.Banner).ToContainTextAsync("Open in another tab.");
        await first.SeesPeopleAsync("Ana");
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard_alone()
    {
        var ben = await EnterAsync("Ben");
        var ana = await browser.OpenAsync(_host.Url);
        var keys = ana.Page.Keyboard;
        await Expect(ana.NameField).ToBeFocusedAsync();
        await keys.TypeAsync("Ana");
        await keys.PressAsync("Enter");

        await Expect(ana.Input).ToBeFocusedAsync();
        await ana.SeesPeopleAsync("Ana", "Ben");
        await keys.TypeAsync("One line");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("and another");
        await keys.PressAsync("Enter");
        await Expect(ben.Log).ToContainTextAsync("One line\nand another");

        await TabToAsync(ana, ana.ButtonNamed("New room"));
        await keys.PressAsync("Enter");
        await keys.TypeAsync("Keys");
        await keys.PressAsync("Enter");
        await Expect(ana.Heading).ToHaveTextAsync("#Keys");
        await Expect(ana.Input).ToBeFocusedAsync();
        await keys.PressAsync("Alt+ArrowUp");
        await Expect(ana.Heading).ToHaveTextAsync("#lobby");

        await TabToAsync(ana, ana.ButtonNamed("Leave room"));
        await keys.PressAsync("Enter");
        await ben.SeesAsync("Ana left");
    }

    [Fact]
    public async Task On_a_phone_nothing_is_wider_than_the_screen()
    {
        var phone = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 640 },
            IsMobile = true,
            HasTouch = true,
        };
        var ana = await browser.OpenAsync(_host.Url, phone);
        Assert.True(await ana.FitsAsync());
        await ana.EnterAsync(new string('W', 32));
        await ana.SayAsync(new string('m', 300) + " https://example.com/" + new string('x', 200));
        await Expect(ana.Log.Locator("[data-delivery=sent]")).ToBeVisibleAsync();
        Assert.True(await ana.FitsAsync());

        await ana.Page.Locator("#show-people").TapAsync();
        await ana.SeesPeopleAsync(new string('W', 32));
        Assert.True(await ana.FitsAsync());
        await ana.ButtonNamed("Back to the room").TapAsync();

        await ana.ButtonNamed("Rooms").TapAsync();
        await ana.ButtonNamed("New room").TapAsync();
        Assert.True(await ana.FitsAsync());
        await ana.Page.GetByLabel("Name of the room").FillAsync(new string('w', 64));
        await ana.ButtonNamed("Enter").TapAsync();
        await Expect(ana.Heading).ToHaveTextAsync("#" + new string('w', 64));
        Assert.True(await ana.FitsAsync());
    }

    private static async Task TabToAsync(ChatWindow window, ILocator target)
    {
        for (var i = 0; i < 40 && !await target.EvaluateAsync<bool>("element => element === document.activeElement"); i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
        }

        await Expect(target).ToBeFocusedAsync();
        Assert.NotEqual("none", await target.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
    }

    private async Task<ChatWindow> EnterAsync(string name)
    {
        var window = await browser.OpenAsync(_host.Url);
        await window.EnterAsync(name);
        return window;
    }
}
